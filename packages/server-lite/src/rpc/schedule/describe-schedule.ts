import { requireNamespace, type RpcContext, type WorkflowHandler } from '../rpc.ts';
import type { ScheduleRecord } from '../../system/schedule/schedule-record.ts';
import { conflictToken, scheduleInfo } from './schedule-description.ts';

export const describeSchedule: WorkflowHandler<'describeSchedule'> = async (request, ctx) => {
  const { id: namespaceId } = requireNamespace(ctx);
  // The one question that a deleted schedule does not answer.
  ctx.system.schedules.require(namespaceId, request.scheduleId ?? '');
  const record = ctx.system.schedules.requireAsked(namespaceId, request.scheduleId ?? '');
  const { searchAttributes } = record;
  const hasAttributes = Object.keys(searchAttributes?.indexedFields ?? {}).length > 0;
  // Being asked makes it look at what it has started; the next answer tells what it saw.
  if (record.recent.some(({ isUnnoticed }) => isUnnoticed)) {
    void ctx.system.schedules.update({ ...record, requestId: '' }, (current) => current);
  }
  return {
    schedule: shownSchedule(ctx, record),
    info: scheduleInfo(record, ctx.system.schedules.times(record)),
    ...(record.memo ? { memo: record.memo } : {}),
    ...(searchAttributes && hasAttributes ? { searchAttributes } : {}),
    conflictToken: conflictToken(record),
  };
};

/** With the types of the search attributes that its action sets. */
function shownSchedule(
  ctx: RpcContext,
  { namespaceId, namespace, schedule }: ScheduleRecord,
): ScheduleRecord['schedule'] {
  const startWorkflow = schedule.action?.startWorkflow;
  const given = startWorkflow?.searchAttributes?.indexedFields;
  if (!startWorkflow || !given) return schedule;
  const indexedFields = ctx.searchAttributes.typed({ id: namespaceId, name: namespace }, given);
  return { ...schedule, action: { startWorkflow: { ...startWorkflow, searchAttributes: { indexedFields } } } };
}

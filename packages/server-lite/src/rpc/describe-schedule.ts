import { requireNamespace, type WorkflowHandler } from './rpc.ts';
import { conflictToken, scheduleInfo } from './schedule-description.ts';

export const describeSchedule: WorkflowHandler<'describeSchedule'> = async (request, ctx) => {
  const record = ctx.system.schedules.require(requireNamespace(ctx).id, request.scheduleId ?? '');
  return {
    schedule: record.schedule,
    info: scheduleInfo(record, ctx.system.schedules.times(record)),
    ...(record.memo ? { memo: record.memo } : {}),
    ...(record.searchAttributes ? { searchAttributes: record.searchAttributes } : {}),
    conflictToken: conflictToken(record),
  };
};

import { canonicalSchedule } from '../system/schedule/canonical-schedule.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';
import { conflictToken } from './schedule-description.ts';

/** A stale conflict token makes the update have no effect, without an error: so the real service answers, and clients expect. */
export const updateSchedule: WorkflowHandler<'updateSchedule'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const id = request.scheduleId ?? '';
  const schedule = canonicalSchedule(request.schedule);
  const actionFields = schedule.action?.startWorkflow?.searchAttributes?.indexedFields;
  if (actionFields) ctx.searchAttributes.validate(namespace, actionFields);
  const given = request.searchAttributes;
  const searchAttributes = given
    ? { searchAttributes: { indexedFields: ctx.searchAttributes.validate(namespace, given.indexedFields ?? {}) } }
    : {};
  const nowMs = ctx.clock.now();
  await ctx.system.schedules.update(namespace.id, id, (record) => {
    const token = request.conflictToken;
    if (token?.length && Buffer.compare(token, conflictToken(record)) !== 0) return record;
    const revision = record.revision + 1;
    return { ...record, ...searchAttributes, schedule, revision, updateMs: nowMs, processedMs: nowMs };
  });
  return {};
};

import { failedPrecondition, invalidArgument } from '../../errors.ts';
import { canonicalSchedule, checkAction } from '../../system/schedule/canonical-schedule.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { conflictToken } from './schedule-description.ts';
import { byteLength } from '../validate.ts';

/** A stale conflict token makes the update have no effect, without an error: so the real service answers, and clients expect. */
export const updateSchedule: WorkflowHandler<'updateSchedule'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const id = request.scheduleId ?? '';
  const action = request.schedule?.action?.startWorkflow;
  checkAction(action);
  ctx.searchAttributes.validate(namespace, action?.searchAttributes?.indexedFields ?? {});
  const schedule = canonicalSchedule(request.schedule);
  const given = request.searchAttributes;
  const searchAttributes = given
    ? { searchAttributes: { indexedFields: ctx.searchAttributes.validate(namespace, given.indexedFields ?? {}) } }
    : {};
  if (request.memo) throw failedPrecondition('memo updates are not supported on workflow-backed schedules');
  ctx.system.schedules.requireOpen(namespace.id, id);
  if (byteLength(request.requestId ?? '') > ctx.config.get('limit.maxIDLength')) {
    throw invalidArgument('RequestId length exceeds limit.');
  }
  const nowMs = ctx.clock.now();
  const change = { namespaceId: namespace.id, id, requestId: request.requestId ?? '' };
  await ctx.system.schedules.update(change, (record) => {
    const token = request.conflictToken;
    if (token?.length && Buffer.compare(token, conflictToken(record)) !== 0) return record;
    const revision = record.revision + 1;
    return { ...record, ...searchAttributes, schedule, revision, updateMs: nowMs, processedMs: nowMs };
  });
  return {};
};

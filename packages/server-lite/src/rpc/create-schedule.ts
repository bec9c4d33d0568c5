import { invalidArgument } from '../errors.ts';
import { canonicalSchedule } from '../system/schedule/canonical-schedule.ts';
import { applyPatch } from '../system/schedule/decide-schedule.ts';
import type { ScheduleRecord } from '../system/schedule/schedule-record.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';
import { conflictToken } from './schedule-description.ts';
import { byteLength } from './validate.ts';

export const createSchedule: WorkflowHandler<'createSchedule'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const id = request.scheduleId ?? '';
  if (!request.requestId) throw invalidArgument('RequestId is not set on request.');
  if (byteLength(id) > ctx.config.get('limit.maxIDLength')) throw invalidArgument('WorkflowId length exceeds limit.');
  const schedule = canonicalSchedule(request.schedule);
  const actionFields = schedule.action?.startWorkflow?.searchAttributes?.indexedFields;
  if (actionFields) ctx.searchAttributes.validate(namespace, actionFields);
  const given = request.searchAttributes?.indexedFields;
  const nowMs = ctx.clock.now();
  const record: Omit<ScheduleRecord, 'visibilityKey' | 'runId'> = {
    namespaceId: namespace.id,
    namespace: namespace.name,
    id,
    schedule,
    memo: request.memo ?? undefined,
    searchAttributes: given ? { indexedFields: ctx.searchAttributes.validate(namespace, given) } : undefined,
    createRequestId: request.requestId,
    createMs: nowMs,
    revision: 1,
    processedMs: nowMs,
    backfills: [],
    buffer: [],
    running: [],
    recent: [],
    actionCount: 0,
    missedCatchup: 0,
    overlapSkipped: 0,
    bufferDropped: 0,
  };
  const created = ctx.system.schedules.create(record);
  const patch = request.initialPatch;
  if (patch) {
    const newRequestId = (): string => ctx.random.uuid();
    await ctx.system.schedules.update(namespace.id, id, (current) =>
      applyPatch(current, patch, { nowMs, newRequestId }),
    );
  }
  return { conflictToken: conflictToken(created) };
};

import { encodeMessage, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { fieldsBytes } from '../../execution/payload-size.ts';
import { checkAction, canonicalSchedule } from '../../system/schedule/canonical-schedule.ts';
import { applyPatch } from '../../system/schedule/decide-schedule.ts';
import { type ScheduleRecord, scheduleWorkflowId } from '../../system/schedule/schedule-record.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from '../rpc.ts';
import { conflictToken } from './schedule-description.ts';
import { byteLength } from '../validate.ts';

type CreateScheduleRequest = temporal.api.workflowservice.v1.CreateScheduleRequest;

export const createSchedule: WorkflowHandler<'createSchedule'> = async (request, ctx) => {
  const namespace = requireNamespace(ctx);
  const id = request.scheduleId ?? '';
  const most = ctx.config.get('limit.maxIDLength');
  if (byteLength(scheduleWorkflowId(id)) > most) throw invalidArgument('WorkflowId length exceeds limit.');
  if (!request.requestId) throw invalidArgument('RequestId is not set on request.');
  if (byteLength(request.requestId) > most) throw invalidArgument('RequestId length exceeds limit.');
  const schedule = canonicalSchedule(request.schedule);
  const action = request.schedule?.action?.startWorkflow;
  checkAction(action);
  ctx.searchAttributes.validate(namespace, action?.searchAttributes?.indexedFields ?? {});
  const given = request.searchAttributes?.indexedFields;
  checkSizes(ctx, request);
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
  // Of one that has been deleted there is nothing to change.
  const patch = ctx.system.schedules.get(namespace.id, id) ? request.initialPatch : undefined;
  if (patch) {
    const newRequestId = (): string => ctx.random.uuid();
    await ctx.system.schedules.update({ namespaceId: namespace.id, id, requestId: '' }, (current) =>
      applyPatch(current, patch, { nowMs, newRequestId }),
    );
  }
  return { conflictToken: conflictToken(created) };
};

/** What a schedule is and remembers has to be small enough for one workflow. */
function checkSizes(ctx: RpcContext, { schedule, memo }: CreateScheduleRequest): void {
  const bytes = encodeMessage('temporal.api.schedule.v1.Schedule', schedule ?? {}).length;
  if (bytes > ctx.config.get('limit.blobSize.error')) throw invalidArgument('Blob data size exceeds limit.');
  if (fieldsBytes(memo?.fields) > ctx.config.get('limit.memoSize.error')) {
    throw invalidArgument('Memo size exceeds limit.');
  }
}

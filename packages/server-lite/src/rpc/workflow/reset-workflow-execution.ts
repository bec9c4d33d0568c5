import { ResetReapplyExcludeType, ResetReapplyType, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { terminateRun } from '../../execution/decide/close-run.ts';
import { checkFinish, checkResetPoint, resetRun } from '../../execution/decide/reset-run.ts';
import { isRunning } from '../../execution/execution.ts';
import type { HistoryEvent } from '../../execution/wire.ts';
import { decodeBatch } from '../../runs/run-codec.ts';
import type { RunRow } from '../../store/store.ts';
import { requestRun } from '../request-run.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';
import { byteLength } from '../validate.ts';
import { checkOverride } from './versioning-override.ts';
import { changeOptions, type OptionsChange, readOptionsMask } from './workflow-options.ts';

type Request = temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;

export const resetWorkflowExecution: WorkflowHandler<'resetWorkflowExecution'> = async (request, ctx) => {
  if (!request.requestId) throw invalidArgument('RequestId is not set on request.');
  if (byteLength(request.requestId) > ctx.config.get('limit.maxIDLength')) {
    throw invalidArgument('RequestId length exceeds limit.');
  }
  const base = requestRun(ctx, request.workflowExecution);
  await ctx.engine.stored(base);
  await ctx.engine.stored(ctx.engine.require(base.namespaceId, base.workflowId));
  const batches = batchesOf(ctx, base);
  const events = batches.flat();
  const finishEventId = request.workflowTaskFinishEventId ?? 0;
  const prefixBytes = ctx.engine.read(base).historySizeBytes;
  checkFinish(events, finishEventId);
  const changes = optionsChanges(ctx, request, base);
  checkResetPoint(batches, finishEventId);
  const { requests, forks } = ctx.engine.read(base);
  const runId = ctx.random.uuid();
  const later = wantedAgain(request, laterEvents(ctx, { base, events, finishEventId }));
  const { reason } = request;
  await ctx.engine.commit(() => {
    const current = ctx.engine.require(base.namespaceId, base.workflowId);
    const { namespaceId, namespace, workflowId } = base;
    ctx.engine.createWith(
      { run: { kind: 'workflow', namespaceId, namespace, workflowId, runId }, createRequestId: base.createRequestId },
      (t) =>
        resetRun(t, {
          batches,
          finishEventId,
          prefixBytes,
          reason: reason ?? '',
          baseRunId: base.runId,
          forks,
          requests,
          later,
          after: (run) => changes.forEach((change) => changeOptions(run, change)),
        }),
    );
    ctx.engine.transact(base, (t) => t.note({ kind: 'resetTo', runId, timeMs: t.nowMs }));
    makeWay(ctx, current, { runId, reason: reason ?? '' });
    return runId;
  });
  return { runId };
};

/** Whatever runs under the workflow id ends, but leaves its children alone. */
function makeWay(ctx: RpcContext, current: RunRow, { runId, reason }: { runId: string; reason: string }): void {
  if (!isRunning(ctx.engine.read(current))) return;
  ctx.engine.transact(current, (t) => {
    if (!t.execution.reset) t.note({ kind: 'resetTo', runId, timeMs: t.nowMs });
    terminateRun(t, { reason, identity: 'history-resetter' });
  });
}

const everything = { fromEventId: 1, limit: Number.MAX_SAFE_INTEGER };
const batchesOf = (ctx: RpcContext, run: RunRow): HistoryEvent[][] =>
  ctx.system.store.readBatches(run.key, everything).map(decodeBatch);

/** What the base run got after the point, and the runs that continued it. */
function laterEvents(
  ctx: RpcContext,
  { base, events, finishEventId }: { base: RunRow; events: readonly HistoryEvent[]; finishEventId: number },
): HistoryEvent[] {
  const later = events.filter(({ eventId }) => (eventId ?? 0) >= finishEventId);
  let last = later.at(-1);
  let run = base;
  for (;;) {
    const nextRunId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    const next = nextRunId ? ctx.engine.find(base.namespaceId, base.workflowId, nextRunId) : undefined;
    // What a workflow task holds back is written when its run ends, which it is about to.
    if (!next) return [...later, ...ctx.engine.read(run).buffered];
    run = next;
    const more = batchesOf(ctx, next).flat();
    later.push(...more);
    last = more.at(-1);
  }
}

/** Of what came later, that which is to happen again. A request to cancel is not. */
function wantedAgain(request: Request, events: readonly HistoryEvent[]): HistoryEvent[] {
  const { RESET_REAPPLY_TYPE_NONE: none, RESET_REAPPLY_TYPE_SIGNAL: signalsOnly } = ResetReapplyType;
  const { RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL: signals, RESET_REAPPLY_EXCLUDE_TYPE_UPDATE: updates } =
    ResetReapplyExcludeType;
  const type = request.resetReapplyType;
  const excluded = new Set<number>(request.resetReapplyExcludeTypes ?? []);
  if (type === none) excluded.add(signals);
  if (type === none || type === signalsOnly) excluded.add(updates);
  return events.filter((event) => {
    if (event.workflowExecutionSignaledEventAttributes) return !excluded.has(signals);
    const isUpdate =
      event.workflowExecutionUpdateAdmittedEventAttributes ?? event.workflowExecutionUpdateAcceptedEventAttributes;
    return !isUpdate || !excluded.has(updates);
  });
}

/** What is to change in the new run at once. @throws ServiceError INVALID_ARGUMENT or FAILED_PRECONDITION */
function optionsChanges(ctx: RpcContext, request: Request, base: RunRow): OptionsChange[] {
  const queue = { namespaceId: base.namespaceId, name: ctx.engine.read(base).options.taskQueue };
  return (request.postResetOperations ?? []).map(({ signalWorkflow, updateWorkflowOptions }) => {
    if (!updateWorkflowOptions) {
      const variant = signalWorkflow ? '*workflow.PostResetOperation_SignalWorkflow_' : '<nil>';
      throw invalidArgument(`unsupported post reset operation: ${variant}`);
    }
    const given = updateWorkflowOptions.workflowExecutionOptions ?? {};
    checkOverride(ctx, given.versioningOverride, queue);
    const paths = readOptionsMask(updateWorkflowOptions.updateMask?.paths ?? [], 'error applying update_options');
    return { given, paths, identity: request.identity ?? '' };
  });
}

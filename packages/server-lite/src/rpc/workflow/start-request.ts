/** The first event that a request to start a workflow makes. */
import { ContinueAsNewInitiator, type temporal } from '@reprise/proto';
import { bounded } from '../../execution/bounded-duration.ts';
import type { NewRun } from '../../execution/new-run.ts';
import { completedPolicy } from '../../execution/retry.ts';
import { filledFields, filledMemo } from '../../execution/filled-fields.ts';
import { completedQueue } from '../../execution/task-queue.ts';
import type { StartedAttributes } from '../../execution/wire.ts';
import { duration, durationMs, timestamp } from '../../execution/wire.ts';
import type { Namespace } from '../../system/namespaces.ts';
import { linksBesideCallbacks } from './check-links.ts';
import type { RpcContext } from '../rpc.ts';
import { presentOverride } from './versioning-override.ts';
import { storedCallbacks } from './stored-callbacks.ts';

export type StartRequest = temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;

/** Timeouts as they are written: those of a run and a task never longer than what they are part of. */
function timeouts(ctx: RpcContext, request: StartRequest): StartedAttributes {
  const given = (value: StartRequest['workflowRunTimeout']): number => durationMs(bounded(value));
  const executionMs = given(request.workflowExecutionTimeout);
  const asked = given(request.workflowRunTimeout);
  const runMs = executionMs > 0 && (asked === 0 || asked > executionMs) ? executionMs : asked;
  const taskMs = given(request.workflowTaskTimeout) || ctx.config.get('history.defaultWorkflowTaskTimeout');
  const cappedTaskMs = Math.min(taskMs, ctx.config.get('history.maxWorkflowTaskTimeout'), runMs || Infinity);
  const run = request.workflowRunTimeout || runMs > 0 ? { workflowRunTimeout: duration(runMs) } : {};
  const execution = request.workflowExecutionTimeout ? { workflowExecutionTimeout: duration(executionMs) } : {};
  return { ...run, ...execution, workflowTaskTimeout: duration(cappedTaskMs) };
}

export function newRunOf(
  ctx: RpcContext,
  { request, namespace, runId }: { request: StartRequest; namespace: Namespace; runId: string },
): NewRun {
  const nowMs = ctx.clock.now();
  const cronMs = request.cronSchedule ? ctx.system.cron.nextMs(request.cronSchedule, nowMs) : undefined;
  const backoffMs =
    cronMs === undefined ? durationMs(bounded(request.workflowStartDelay)) : Math.ceil((cronMs - nowMs) / 1000) * 1000;
  const executionMs = durationMs(bounded(request.workflowExecutionTimeout));
  const memo = filledMemo(request.memo);
  const indexed = ctx.searchAttributes.typed(namespace, request.searchAttributes?.indexedFields ?? {});
  const indexedFields = filledFields(indexed);
  const attributes: StartedAttributes = {
    workflowType: request.workflowType ?? {},
    taskQueue: completedQueue(request.taskQueue),
    ...timeouts(ctx, request),
    originalExecutionRunId: runId,
    identity: request.identity ?? '',
    firstExecutionRunId: runId,
    attempt: 1,
    firstWorkflowTaskBackoff: duration(backoffMs),
    workflowId: request.workflowId ?? '',
  };
  if (request.input) attributes.input = request.input;
  if (request.header) attributes.header = request.header;
  if (request.retryPolicy) attributes.retryPolicy = completedPolicy(request.retryPolicy);
  if (executionMs > 0) attributes.workflowExecutionExpirationTime = timestamp(Math.round(nowMs + executionMs));
  if (request.cronSchedule) {
    attributes.cronSchedule = request.cronSchedule;
    attributes.initiator = ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE;
  }
  if (request.continuedFailure) attributes.continuedFailure = request.continuedFailure;
  if (request.lastCompletionResult) attributes.lastCompletionResult = request.lastCompletionResult;
  if (memo) attributes.memo = memo;
  if (Object.keys(indexedFields).length > 0) attributes.searchAttributes = { indexedFields };
  if (request.completionCallbacks?.length) {
    attributes.completionCallbacks = storedCallbacks(request.completionCallbacks);
  }
  if (request.versioningOverride) attributes.versioningOverride = presentOverride(request.versioningOverride);
  if (request.priority) attributes.priority = request.priority;
  return {
    run: {
      kind: 'workflow',
      namespaceId: namespace.id,
      namespace: namespace.name,
      workflowId: request.workflowId ?? '',
      runId,
    },
    createRequestId: request.requestId || ctx.random.uuid(),
    attributes,
    extras: { timeMs: nowMs, links: linksBesideCallbacks(request), userMetadata: request.userMetadata },
  };
}

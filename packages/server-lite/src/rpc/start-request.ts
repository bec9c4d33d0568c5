/** Checks of a request to start a workflow, in the service's order and words, and the first event that it makes. */
import {
  ContinueAsNewInitiator,
  TaskQueueKind,
  type temporal,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { NewRun } from '../execution/new-run.ts';
import { completedPolicy, policyProblem } from '../execution/retry.ts';
import type { StartedAttributes } from '../execution/wire.ts';
import { duration, durationMs, timestamp } from '../execution/wire.ts';
import { fieldsBytes, payloadsBytes } from '../execution/payload-size.ts';
import type { Namespace } from '../system/namespaces.ts';
import { checkCallbacks } from './check-callbacks.ts';
import { checkLinks } from './check-links.ts';
import type { RpcContext } from './rpc.ts';
import { byteLength, requireTaskQueue } from './validate.ts';

export type StartRequest = temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;

const longestTimeoutMs = 100 * 365 * 86_400_000;

/** What SignalWithStart has in common with Start. */
export function checkStart(ctx: RpcContext, request: StartRequest): void {
  const most = ctx.config.get('limit.maxIDLength');
  if (!request.workflowId) throw invalidArgument('WorkflowId is not set on request.');
  if (byteLength(request.workflowId) > most) throw invalidArgument('WorkflowId length exceeds limit.');
  if (request.retryPolicy) {
    const problem = policyProblem(completedPolicy(request.retryPolicy));
    if (problem !== undefined) throw invalidArgument(problem);
  }
  checkDelay(ctx, request);
  if (!request.workflowType?.name) throw invalidArgument('WorkflowType is not set on request.');
  if (byteLength(request.workflowType.name) > most) throw invalidArgument('WorkflowType length exceeds limit.');
  requireTaskQueue(request.taskQueue);
  checkTimeouts(request);
  if (byteLength(request.requestId ?? '') > most) throw invalidArgument('RequestId length exceeds limit.');
  checkPolicies(request);
  const conflict = request.onConflictOptions;
  if (conflict?.attachCompletionCallbacks && !conflict.attachRequestId) {
    throw invalidArgument('attaching request ID is required for attaching completion callbacks');
  }
  if ((request.priority?.priorityKey ?? 0) < 0) throw invalidArgument("priority key can't be negative");
  checkCallbacks(ctx, request.completionCallbacks);
  checkLinks(ctx, request.links);
  if (fieldsBytes(request.memo?.fields) > ctx.config.get('limit.memoSize.error'))
    throw invalidArgument('Memo size exceeds limit.');
  const blobLimit = ctx.config.get('limit.blobSize.error');
  if (payloadsBytes(request.input) > blobLimit) throw invalidArgument('Blob data size exceeds limit.');
}

function checkDelay(ctx: RpcContext, request: StartRequest): void {
  const cron = request.cronSchedule ?? '';
  if (request.workflowStartDelay) {
    if (cron !== '') throw invalidArgument('CronSchedule and WorkflowStartDelay may not be used together.');
    if (durationMs(request.workflowStartDelay) < 0) {
      throw invalidArgument('An invalid WorkflowStartDelaySeconds is set on request. cause: negative duration');
    }
  }
  if (cron !== '' && !ctx.system.cron.isValid(cron)) throw invalidArgument('invalid CronSchedule.');
}

function checkTimeouts(request: StartRequest): void {
  const fields = [
    ['WorkflowExecutionTimeoutSeconds', request.workflowExecutionTimeout],
    ['WorkflowRunTimeoutSeconds', request.workflowRunTimeout],
    ['WorkflowTaskTimeoutSeconds', request.workflowTaskTimeout],
  ] as const;
  for (const [name, value] of fields) {
    if (durationMs(value) < 0) throw invalidArgument(`An invalid ${name} is set on request. cause: negative duration`);
  }
}

function checkPolicies(request: StartRequest): void {
  const { workflowIdReusePolicy: reuse, workflowIdConflictPolicy: conflict } = request;
  if (reuse === WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING && conflict) {
    throw invalidArgument(
      'Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy',
    );
  }
  const rejects = reuse === WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;
  if (rejects && conflict === WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING) {
    throw invalidArgument(
      'Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING',
    );
  }
}

/** Timeouts as they are written: those of a run and a task never longer than what they are part of. */
function timeouts(ctx: RpcContext, request: StartRequest): StartedAttributes {
  const given = (value: StartRequest['workflowRunTimeout']): number => Math.min(durationMs(value), longestTimeoutMs);
  const executionMs = given(request.workflowExecutionTimeout);
  const asked = given(request.workflowRunTimeout);
  const runMs = executionMs > 0 && (asked === 0 || asked > executionMs) ? executionMs : asked;
  const taskMs = given(request.workflowTaskTimeout) || ctx.config.get('history.defaultWorkflowTaskTimeout');
  const cappedTaskMs = Math.min(taskMs, ctx.config.get('history.maxWorkflowTaskTimeout'), runMs || Infinity);
  const run = request.workflowRunTimeout || runMs > 0 ? { workflowRunTimeout: duration(runMs) } : {};
  const execution = request.workflowExecutionTimeout ? { workflowExecutionTimeout: duration(executionMs) } : {};
  return { ...run, ...execution, workflowTaskTimeout: duration(cappedTaskMs) };
}

/** A JSON list without items takes an attribute away. */
const isEmptyList = (data: Uint8Array | null | undefined): boolean =>
  data?.length === 2 && data[0] === 0x5b && data[1] === 0x5d;

const isPresent = (value: object | null | undefined): boolean => value !== null && value !== undefined;

export function newRunOf(
  ctx: RpcContext,
  { request, namespace, runId }: { request: StartRequest; namespace: Namespace; runId: string },
): NewRun {
  const nowMs = ctx.clock.now();
  const cronMs = request.cronSchedule ? ctx.system.cron.nextMs(request.cronSchedule, nowMs) : undefined;
  const backoffMs =
    cronMs === undefined ? durationMs(request.workflowStartDelay) : Math.ceil((cronMs - nowMs) / 1000) * 1000;
  const executionMs = durationMs(request.workflowExecutionTimeout);
  const memoFields = Object.entries(request.memo?.fields ?? {}).filter(
    ([, payload]) => isPresent(payload.data) || isPresent(payload.metadata),
  );
  const indexed = ctx.searchAttributes.validate(namespace, request.searchAttributes?.indexedFields ?? {});
  const indexedFields = Object.entries(indexed).filter(
    ([, payload]) => isPresent(payload.data) && !isEmptyList(payload.data),
  );
  const attributes: StartedAttributes = {
    workflowType: request.workflowType ?? {},
    taskQueue: { name: request.taskQueue?.name ?? '', kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
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
  if (executionMs > 0)
    attributes.workflowExecutionExpirationTime = timestamp(Math.trunc(nowMs + backoffMs + executionMs));
  if (request.cronSchedule) {
    attributes.cronSchedule = request.cronSchedule;
    attributes.initiator = ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE;
  }
  if (request.continuedFailure) attributes.continuedFailure = request.continuedFailure;
  if (request.lastCompletionResult) attributes.lastCompletionResult = request.lastCompletionResult;
  if (memoFields.length > 0) attributes.memo = { fields: Object.fromEntries(memoFields) };
  if (indexedFields.length > 0) attributes.searchAttributes = { indexedFields: Object.fromEntries(indexedFields) };
  if (request.completionCallbacks?.length) attributes.completionCallbacks = request.completionCallbacks;
  if (request.versioningOverride) attributes.versioningOverride = request.versioningOverride;
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
    extras: { timeMs: nowMs, links: request.links, userMetadata: request.userMetadata },
  };
}

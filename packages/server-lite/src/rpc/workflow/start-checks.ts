/** Checks of a request to start a workflow, in the service's words. Their order differs between the calls that start one. */
import { type temporal, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@reprise/proto';
import { invalidArgument, namespaceNotFound } from '../../errors.ts';
import { durationProblem } from '../../execution/bounded-duration.ts';
import { fieldsBytes, payloadsBytes } from '../../execution/payload-size.ts';
import { priorityProblem } from '../../execution/priority.ts';
import { completedPolicy, policyProblem } from '../../execution/retry.ts';
import type { Namespace } from '../../system/namespaces.ts';
import { checkCallbacks, refuseInternal } from './check-callbacks.ts';
import { checkLinks } from './check-links.ts';
import { checkUserMetadata } from '../check-user-metadata.ts';
import type { RpcContext } from '../rpc.ts';
import { byteLength, checkTimeouts, requireWorkQueue } from '../validate.ts';
import { checkOverride } from './versioning-override.ts';

type StartRequest = temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
type SignalWithStartRequest = temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionRequest;

/** @throws ServiceError INVALID_ARGUMENT, for the first thing that is wrong */
export function checkStart(ctx: RpcContext, request: StartRequest, namespace: Namespace): void {
  checkWorkflowId(ctx, request);
  checkRetryPolicy(request);
  checkDelay(request);
  checkCron(ctx, request);
  checkType(ctx, request);
  requireWorkQueue(request.taskQueue);
  checkTimeouts(request);
  checkRequestId(ctx, request);
  checkPolicies(request);
  const conflict = request.onConflictOptions;
  if (conflict?.attachCompletionCallbacks && !conflict.attachRequestId) {
    throw invalidArgument('attaching request ID is required for attaching completion callbacks');
  }
  // Only the start of an update with start gets here without: what the service looks up is the start's own.
  if (!request.namespace) throw namespaceNotFound('');
  ctx.searchAttributes.validate(namespace, request.searchAttributes?.indexedFields ?? {});
  checkPriority(request);
  const callbackLinks = (request.completionCallbacks ?? []).flatMap(({ links }) => links ?? []);
  checkCallbacks(ctx, request.completionCallbacks);
  checkLinks(ctx, [...(request.links ?? []), ...callbackLinks]);
  checkSizes(ctx, request);
  refuseInternal(request.completionCallbacks);
  checkOverride(ctx, request.versioningOverride, { namespaceId: namespace.id, name: request.taskQueue?.name ?? '' });
}

/** @throws ServiceError INVALID_ARGUMENT, for the first thing that is wrong */
export function checkSignalWithStart(ctx: RpcContext, request: SignalWithStartRequest, namespace: Namespace): void {
  checkWorkflowId(ctx, request);
  if (!request.signalName) throw invalidArgument('SignalName is not set on request.');
  if (byteLength(request.signalName) > ctx.config.get('limit.maxIDLength')) {
    throw invalidArgument('SignalName length exceeds limit.');
  }
  checkType(ctx, request);
  requireWorkQueue(request.taskQueue);
  checkRequestId(ctx, request);
  checkTimeouts(request);
  checkRetryPolicy(request);
  checkDelay(request);
  checkPolicies(request);
  if (request.workflowIdConflictPolicy === WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL) {
    throw invalidArgument(
      'Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.',
    );
  }
  checkCron(ctx, request);
  ctx.searchAttributes.validate(namespace, request.searchAttributes?.indexedFields ?? {});
  checkPriority(request);
  checkLinks(ctx, request.links);
  checkSizes(ctx, request);
  if (payloadsBytes(request.signalInput) > ctx.config.get('limit.blobSize.error')) {
    throw invalidArgument('Blob data size exceeds limit.');
  }
  checkOverride(ctx, request.versioningOverride, { namespaceId: namespace.id, name: request.taskQueue?.name ?? '' });
}

type Common = Pick<StartRequest, keyof StartRequest & keyof SignalWithStartRequest>;

function checkWorkflowId(ctx: RpcContext, { workflowId }: Common): void {
  if (!workflowId) throw invalidArgument('WorkflowId is not set on request.');
  if (byteLength(workflowId) > ctx.config.get('limit.maxIDLength')) {
    throw invalidArgument('WorkflowId length exceeds limit.');
  }
}

function checkType(ctx: RpcContext, { workflowType }: Common): void {
  if (!workflowType?.name) throw invalidArgument('WorkflowType is not set on request.');
  if (byteLength(workflowType.name) > ctx.config.get('limit.maxIDLength')) {
    throw invalidArgument('WorkflowType length exceeds limit.');
  }
}

function checkRequestId(ctx: RpcContext, { requestId }: Common): void {
  if (byteLength(requestId ?? '') > ctx.config.get('limit.maxIDLength')) {
    throw invalidArgument('RequestId length exceeds limit.');
  }
}

function checkRetryPolicy({ retryPolicy }: Common): void {
  const problem = retryPolicy ? policyProblem(completedPolicy(retryPolicy)) : undefined;
  if (problem !== undefined) throw invalidArgument(problem);
}

function checkPriority({ priority }: Common): void {
  const problem = priorityProblem(priority);
  if (problem !== undefined) throw invalidArgument(problem);
}

function checkDelay({ cronSchedule, workflowStartDelay }: Common): void {
  if (!workflowStartDelay) return;
  if (cronSchedule) throw invalidArgument('CronSchedule and WorkflowStartDelay may not be used together.');
  const problem = durationProblem(workflowStartDelay);
  if (problem === undefined) return;
  throw invalidArgument(`An invalid WorkflowStartDelaySeconds is set on request. cause: ${problem}`);
}

function checkCron(ctx: RpcContext, { cronSchedule }: Common): void {
  const problem = cronSchedule ? ctx.system.cron.problem(cronSchedule, ctx.clock.now()) : undefined;
  if (problem !== undefined) throw invalidArgument(problem);
}

function checkPolicies(request: Common): void {
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

function checkSizes(ctx: RpcContext, { input, memo, userMetadata }: Common): void {
  checkUserMetadata(ctx, userMetadata);
  if (payloadsBytes(input) > ctx.config.get('limit.blobSize.error')) {
    throw invalidArgument('Blob data size exceeds limit.');
  }
  if (fieldsBytes(memo?.fields) > ctx.config.get('limit.memoSize.error')) {
    throw invalidArgument('Memo size exceeds limit.');
  }
}

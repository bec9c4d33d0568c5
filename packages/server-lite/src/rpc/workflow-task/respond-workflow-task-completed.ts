import { WorkerVersioningMode, WorkflowTaskFailedCause, type temporal } from '@reprise/proto';
import { invalidArgument, notFound } from '../../errors.ts';
import {
  type Completion,
  completeWorkflowTask,
  type CompletionResult,
  requireStartedTask,
} from '../../execution/decide/complete-workflow-task.ts';
import { abortSent } from '../../execution/decide/update-message.ts';
import { failWorkflowTask } from '../../execution/decide/fail-workflow-task.ts';
import { scheduleWorkflowTask } from '../../execution/decide/schedule-workflow-task.ts';
import { terminateRun } from '../../execution/decide/close-run.ts';
import { isRunning } from '../../execution/execution.ts';
import type { AttributesOf } from '../../execution/event-kinds.ts';
import { TaskProblem } from '../../execution/task-problem.ts';
import type { Transition } from '../../execution/transition.ts';
import { durationMs } from '../../execution/wire.ts';
import type { DeploymentVersion } from '../../matching/matching.ts';
import type { RunRow } from '../../store/store.ts';
import type { Namespace } from '../../system/namespaces.ts';
import { activityTaskResponse } from '../activity-task/activity-response.ts';
import { startEagerActivities } from './eager-activities.ts';
import { answeredWorkerVersion } from '../task/poll-version.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';
import { checkVersioning } from '../task/poll-request.ts';
import { requestToken, runOfToken } from '../task/token-run.ts';
import type { TaskToken } from '../task/task-token.ts';
import { readUpdateMessages } from './update-messages.ts';
import { workflowTaskResponse } from './workflow-task-response.ts';
import { checkIdentity } from '../validate.ts';

type Request = temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;

export const respondWorkflowTaskCompleted: WorkflowHandler<'respondWorkflowTaskCompleted'> = async (request, ctx) => {
  checkBehavior(request);
  const token = requestToken(ctx, request.taskToken);
  checkIdentity(request.identity);
  const { workerVersionStamp, deploymentOptions, stickyAttributes } = request;
  const taskQueue = stickyAttributes?.workerTaskQueue;
  checkVersioning({ workerVersionCapabilities: workerVersionStamp, deploymentOptions, taskQueue });
  const run = runOfToken(ctx, token);
  const namespace = ctx.namespaces.requireId(token.namespaceId);
  const completion = completionOf(request, { ctx, token, namespace });
  const knownUpdates = new Set(sentUpdates(ctx, run));
  const result = await complete(ctx, run, completion);
  const execution = ctx.engine.read(run);
  const hasNext = execution.task !== undefined;
  ctx.system.queries.taskCompleted(run, request.queryResults ?? {}, hasNext);
  if (result.heartbeatTimedOut) throw notFound('workflow task heartbeat timeout');
  const { nextTask, resetHistoryEventId } = result;
  const activities = result.eager.flatMap((scheduledEventId) => execution.activities.get(scheduledEventId) ?? []);
  const activityTasks = activities.map((activity) => activityTaskResponse(ctx, run, activity));
  if (!nextTask) return { resetHistoryEventId, activityTasks };
  const queries = ctx.system.queries.takeBuffered(run);
  const workflowTask = workflowTaskResponse(ctx, { run, task: nextTask, isSticky: true, queries, knownUpdates });
  return { workflowTask, activityTasks, resetHistoryEventId };
};

function sentUpdates(ctx: RpcContext, run: RunRow): string[] {
  return [...ctx.engine.read(run).updates.values()].filter(({ state }) => state === 'sent').map((it) => it.updateId);
}

function checkBehavior({ versioningBehavior, deploymentOptions, deployment }: Request): void {
  const mode = deploymentOptions?.workerVersioningMode;
  if (!versioningBehavior || deployment || mode === WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED) return;
  throw invalidArgument(
    'versioning behavior cannot be specified without deployment options being set with versioned mode',
  );
}

interface Completed extends CompletionResult {
  /** The events of the activities that were started for the worker that answers. */
  readonly eager: readonly number[];
}

/** What the server refuses fails the task, and nothing of the completion stays. */
async function complete(ctx: RpcContext, run: RunRow, completion: Completion): Promise<Completed> {
  const isEager = ctx.config.get('system.enableActivityEagerExecution');
  const apply = (t: Transition): Completed => {
    const result = completeWorkflowTask(t, completion);
    return { ...result, eager: isEager ? startEagerActivities(t, completion, () => ctx.random.uuid()) : [] };
  };
  try {
    return await ctx.engine.commit(() => ctx.engine.transact(run, apply));
  } catch (error) {
    if (!(error instanceof TaskProblem)) throw error;
    await ctx.engine.commit(() => ctx.engine.transact(run, (t) => refuse(t, completion, error)));
    ctx.system.queries.taskFailed(run, !isRunning(ctx.engine.read(run)));
    throw invalidArgument(error.message);
  }
}

function refuse(t: Transition, completion: Completion, problem: TaskProblem): void {
  const task = requireStartedTask(t, completion.task);
  const isUnhandled = problem.failedCause === WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND;
  abortSent(t);
  if (task.attempt > 1 && !isUnhandled && !problem.terminates) return;
  failWorkflowTask(t, {
    cause: problem.failedCause,
    failure: { message: problem.message, serverFailureInfo: {} },
    identity: completion.identity,
    binaryChecksum: completion.attributes.binaryChecksum,
  });
  if (problem.terminates) {
    t.flush();
    terminateRun(t, { reason: problem.message, identity: 'history-service' });
    return;
  }
  scheduleWorkflowTask(t);
  if (isUnhandled) t.note({ kind: 'closeAttempted' });
}

function completionOf(
  request: Request,
  { ctx, token, namespace }: { ctx: RpcContext; token: TaskToken; namespace: Namespace },
): Completion {
  const sticky = request.stickyAttributes;
  const queue = sticky?.workerTaskQueue;
  return {
    task: token,
    identity: request.identity ?? '',
    attributes: completedAttributes(request),
    commands: request.commands ?? [],
    messages: readUpdateMessages(request.messages),
    sticky: queue?.name
      ? {
          name: queue.name,
          scheduleToStartMs: durationMs(sticky?.scheduleToStartTimeout),
        }
      : undefined,
    forceNewTask: request.forceCreateNewWorkflowTask === true,
    returnNewTask: request.returnNewWorkflowTask === true,
    discardsWithEvents: request.capabilities?.discardSpeculativeWorkflowTaskWithEvents === true,
    workerVersion: answeredWorkerVersion(request.workerVersionStamp),
    lookups: {
      namespaceId: (name) => ctx.namespaces.byName(name)?.id,
      searchAttributes: {
        requireMapped: (fields) => ctx.searchAttributes.requireMapped(namespace, fields),
        typed: (fields) => ctx.searchAttributes.typed(namespace, fields),
        requireSize: (fields) => ctx.searchAttributes.requireSize(fields),
      },
      isBadBinary: (checksum) => Object.hasOwn(ctx.namespaces.byId(namespace.id)?.badBinaries ?? {}, checksum),
      nexusEndpointId: (name) => ctx.system.nexusEndpoints.byName(name)?.id,
    },
  };
}

/** What the worker says of itself, kept as it says it. */
function completedAttributes(request: Request): AttributesOf<'taskCompleted'> {
  const attributes: AttributesOf<'taskCompleted'> = {};
  if (request.binaryChecksum) attributes.binaryChecksum = request.binaryChecksum;
  if (request.workerVersionStamp) attributes.workerVersion = request.workerVersionStamp;
  if (request.sdkMetadata) attributes.sdkMetadata = request.sdkMetadata;
  if (request.meteringMetadata) attributes.meteringMetadata = request.meteringMetadata;
  const deploymentName = request.deploymentOptions?.deploymentName || request.deployment?.seriesName;
  if (deploymentName) attributes.workerDeploymentName = deploymentName;
  const version = answeredVersion(request);
  if (version) attributes.deploymentVersion = version;
  if (request.versioningBehavior) attributes.versioningBehavior = request.versioningBehavior;
  return attributes;
}

/** Early workers name their version in a field of its own. */
function answeredVersion({ deploymentOptions, deployment }: Request): DeploymentVersion | undefined {
  if (deploymentOptions?.workerVersioningMode === WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED) {
    return { deploymentName: deploymentOptions.deploymentName ?? '', buildId: deploymentOptions.buildId ?? '' };
  }
  const { seriesName, buildId } = deployment ?? {};
  return seriesName && buildId ? { deploymentName: seriesName, buildId } : undefined;
}

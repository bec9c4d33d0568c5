/** What the server hears of a workflow task that has run. */
import { type Logger, SdkComponent } from '@reprise/common';
import type { EagerActivities } from './activity/eager-activities.ts';
import { decodeWorkflowTask, type WorkflowTask } from './decode/workflow-task.ts';
import type { WorkflowTaskOutcome } from './run-workflow-task.ts';
import type { CompletedAnswer, TaskAnswer, WorkflowHost } from './host/workflow-host.ts';
import { findOversize, type PayloadLimits } from './payload-limits.ts';
import type { WorkflowRpc } from './worker-rpc.ts';
import {
  completedRequest,
  failedRequest,
  failedRunRequest,
  oversizeRequest,
  queryRequest,
  type StickyQueue,
} from './respond/workflow-task.ts';

export interface AnswerSurroundings {
  readonly rpc: WorkflowRpc;
  readonly host: WorkflowHost;
  readonly logger: Logger;
  readonly sticky: StickyQueue | undefined;
  readonly versioningBehavior: number | undefined;
  /** A run whose code does not fit its history fails, instead of its task. */
  failsOnMismatch(this: void, workflowType: string): boolean;
  /** Undefined: payloads of any size are sent. */
  readonly payloadLimits: PayloadLimits | undefined;
  readonly eagerActivities: EagerActivities;
}

type FailedAnswer = Extract<TaskAnswer, { status: 'failed' }>;

/** Returns the next task of the same run, if the server had one ready. @throws RpcError */
export async function answerWorkflowTask(
  task: WorkflowTask,
  { answer, isKeepAlive }: WorkflowTaskOutcome,
  around: AnswerSurroundings,
): Promise<WorkflowTask | undefined> {
  if (task.isLegacyQuery) await around.rpc.respondQuery(task, queryRequest(task, answer));
  else if (answer.status === 'failed') await answerFailed(task, answer, around);
  else if (answer.status === 'completed') return answerCompleted(task, { answer, isKeepAlive }, around);
  return undefined;
}

async function answerCompleted(
  task: WorkflowTask,
  { answer, isKeepAlive }: { answer: CompletedAnswer; isKeepAlive: boolean },
  around: AnswerSurroundings,
): Promise<WorkflowTask | undefined> {
  const { rpc, host, sticky, versioningBehavior, eagerActivities } = around;
  const request = completedRequest(task, answer, { sticky, versioningBehavior, forceNewTask: isKeepAlive });
  await rpc.encode(task, request);
  if (await refusesOversize(task, answer, around)) return undefined;
  // Marks the commands whose activities this worker would take at once.
  const slots = eagerActivities.reserve(answer.commands);
  let response: Awaited<ReturnType<WorkflowRpc['respondCompleted']>> = {};
  try {
    response = await rpc.respondCompleted(task, request);
  } finally {
    eagerActivities.take(response.activityTasks ?? [], slots);
  }
  if ((response.resetHistoryEventId ?? 0) > 0) host.discardLastTask(task.runId);
  return response.workflowTask ? decodeWorkflowTask(response.workflowTask) : undefined;
}

/** Fails the task when the server would refuse what it asks for. */
async function refusesOversize(
  task: WorkflowTask,
  answer: CompletedAnswer,
  { payloadLimits, logger, host, rpc }: AnswerSurroundings,
): Promise<boolean> {
  const oversize = payloadLimits === undefined ? undefined : findOversize(answer.commands, payloadLimits);
  if (oversize === undefined) return false;
  const { workflowId, runId, workflowType } = task;
  logger.warn(oversize.message, { workflowId, runId, workflowType });
  if (!oversize.isError) return false;
  host.evict(runId);
  if (task.attempt <= 1) await rpc.respondFailed(task, oversizeRequest(task, oversize.message));
  return true;
}

async function answerFailed(task: WorkflowTask, answer: FailedAnswer, around: AnswerSurroundings): Promise<void> {
  const { rpc, logger, failsOnMismatch } = around;
  const { workflowId, runId, workflowType, taskQueue, attempt } = task;
  if (answer.isNondeterminism && failsOnMismatch(workflowType)) {
    const request = failedRunRequest(task, answer);
    await rpc.encode(task, request);
    await rpc.respondCompleted(task, request);
    return;
  }
  const { message: failure = 'no message', stackTrace } = answer.failure;
  const about = { workflowId, runId, workflowType, taskQueue, attempt, completion: answer.status, failure, stackTrace };
  logger.warn('Failing workflow task', { sdkComponent: SdkComponent.core, ...about });
  // Later attempts are left to time out, so that a task that always fails is not retried in a tight loop.
  if (attempt <= 1) await rpc.respondFailed(task, failedRequest(task, answer));
}

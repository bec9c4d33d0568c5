/** An activity to run, from a poll, an answer that brought it along, or an order of workflow code to run it locally. */
import type { Headers, Payload, RetryPolicy } from '@reprise/common';
import { decompileRetryPolicy, decodePriority } from '@reprise/common';
import type { Info } from '@reprise/activity';
import type { temporal } from '@reprise/proto';
import { positiveSpanMs, spanMs } from '../machine/wall-time.ts';

type PollResponse = temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;

export interface ActivityTask {
  readonly taskToken: Uint8Array;
  /** `heartbeatDetails` is filled in when the payloads are converted. */
  readonly info: Omit<Info, 'heartbeatDetails'>;
  readonly input: readonly Payload[];
  readonly headers: Headers;
  readonly heartbeatDetails: readonly Payload[];
}

/** The task in a poll's response; undefined when the poll came back empty. */
export function decodeActivityTask(
  response: PollResponse,
  worker: { namespace: string; taskQueue: string },
): ActivityTask | undefined {
  const { taskToken } = response;
  if (!taskToken || taskToken.length === 0) return undefined;
  const heartbeatTimeoutMs = positiveSpanMs(response.heartbeatTimeout);
  const namespace = response.workflowNamespace || worker.namespace;
  const scheduledMs = spanMs(response.scheduledTime) ?? 0;
  const info: ActivityTask['info'] = {
    taskToken,
    base64TaskToken: Buffer.from(taskToken).toString('base64'),
    activityId: response.activityId ?? '',
    activityType: response.activityType?.name ?? '',
    activityNamespace: worker.namespace,
    namespace: worker.namespace,
    attempt: response.attempt || 1,
    isLocal: false,
    scheduledTimestampMs: scheduledMs,
    currentAttemptScheduledTimestampMs: spanMs(response.currentAttemptScheduledTime) ?? scheduledMs,
    scheduleToCloseTimeoutMs: spanMs(response.scheduleToCloseTimeout) ?? 0,
    startToCloseTimeoutMs: spanMs(response.startToCloseTimeout) ?? 0,
    taskQueue: worker.taskQueue,
    inWorkflow: Boolean(response.workflowExecution?.workflowId),
    ...(heartbeatTimeoutMs === undefined ? {} : { heartbeatTimeoutMs }),
    ...workflowOf(response, namespace),
    priority: decodePriority(response.priority),
    ...(response.retryPolicy ? retryOf(response.retryPolicy) : {}),
    ...(response.activityRunId ? { activityRunId: response.activityRunId } : {}),
  };
  return {
    taskToken,
    info,
    input: response.input?.payloads ?? [],
    headers: response.header?.fields ?? {},
    heartbeatDetails: response.heartbeatDetails?.payloads ?? [],
  };
}

function retryOf(policy: temporal.api.common.v1.RetryPolicy): { retryPolicy?: RetryPolicy } {
  const retryPolicy = decompileRetryPolicy(policy);
  return retryPolicy === undefined ? {} : { retryPolicy };
}

function workflowOf(response: PollResponse, workflowNamespace: string): Partial<Info> {
  const execution = response.workflowExecution;
  if (!execution?.workflowId) return {};
  return {
    workflowExecution: { workflowId: execution.workflowId, runId: execution.runId ?? '' },
    workflowNamespace,
    workflowType: response.workflowType?.name ?? '',
  };
}

import { mergedPriority } from '../../execution/priority.ts';
import { type temporal } from '@reprise/proto';
import type { Activity } from '../../execution/activity-state.ts';
import type { Execution } from '../../execution/execution.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import type { RpcContext } from '../rpc.ts';
import { writeTaskToken } from '../task/task-token.ts';
import { toTimestamp } from '../wire-time.ts';

type Response = temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;

/** The workflow that scheduled it; for an activity of its own its run, in place of one. */
function ownerOf(execution: Execution): Response {
  const { run, started } = execution;
  if (execution.standalone) return { workflowExecution: {}, activityRunId: run.runId };
  return {
    workflowType: started.workflowType ?? {},
    workflowExecution: { workflowId: run.workflowId, runId: run.runId },
  };
}

/** An activity's attempt as workers get it; it must have been started. */
export function activityTaskResponse(ctx: RpcContext, run: RunRef, activity: Activity): Response {
  const execution = ctx.engine.read(run);
  const { attributes, options, started } = activity;
  const taskToken = writeTaskToken({
    namespaceId: run.namespaceId,
    workflowId: run.kind === 'activity' ? '' : run.workflowId,
    runId: run.runId,
    scheduledEventId: activity.scheduledEventId,
    startedEventId: 0,
    attempt: activity.attempt,
    startedTimeMs: started?.timeMs ?? 0,
    activityId: activity.activityId,
  });
  const response: Response = {
    taskToken,
    workflowNamespace: run.namespace,
    ...ownerOf(execution),
    activityType: attributes.activityType ?? {},
    activityId: activity.activityId,
    scheduledTime: toTimestamp(activity.scheduledTimeMs),
    currentAttemptScheduledTime: toTimestamp(activity.attemptTimeMs),
    startedTime: toTimestamp(started?.timeMs ?? 0),
    attempt: activity.attempt,
    scheduleToCloseTimeout: attributes.scheduleToCloseTimeout ?? options.scheduleToClose,
    startToCloseTimeout: attributes.startToCloseTimeout ?? options.startToClose,
    heartbeatTimeout: attributes.heartbeatTimeout ?? options.heartbeat,
    retryPolicy: options.retryPolicy,
  };
  if (attributes.header) response.header = attributes.header;
  if (attributes.input) response.input = attributes.input;
  if (activity.heartbeatDetails) response.heartbeatDetails = activity.heartbeatDetails;
  const priority = mergedPriority(execution.options.priority, options.priority);
  if (priority) response.priority = priority;
  return response;
}

/** An activity of its own, as it is described and listed. */
import { ActivityExecutionStatus, PendingActivityState, type temporal } from '@reprise/proto';
import type { VisibilityRecord } from '../../execution/effects.ts';
import type { Execution } from '../../execution/execution.ts';
import { ownActivity } from '../../execution/own-activity.ts';
import { duration, durationMs } from '../../execution/wire.ts';
import { toDuration, toTimestamp } from '../wire-time.ts';

type Info = temporal.api.activity.v1.ActivityExecutionInfo;
type ListInfo = temporal.api.activity.v1.ActivityExecutionListInfo;

/** From the numbers of WorkflowExecutionStatus, by which all runs are kept. */
const statuses: Readonly<Record<number, ActivityExecutionStatus>> = {
  1: ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_RUNNING,
  2: ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED,
  3: ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_FAILED,
  4: ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_CANCELED,
  5: ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_TERMINATED,
  7: ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_TIMED_OUT,
};

const statusOf = (status: number): ActivityExecutionStatus =>
  statuses[status] ?? ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_UNSPECIFIED;

function runState(execution: Execution): PendingActivityState {
  const { activity, standalone } = ownActivity(execution);
  if (activity.state === 'closed') return PendingActivityState.PENDING_ACTIVITY_STATE_UNSPECIFIED;
  if (standalone.cancelRequest) return PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED;
  return activity.state === 'started'
    ? PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
    : PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED;
}

export function activityExecutionInfo(execution: Execution): Info {
  const { run, closed, startTimeMs } = execution;
  const { activity, standalone } = ownActivity(execution);
  const { attributes, options } = activity;
  const info: Info = {
    activityId: activity.activityId,
    runId: run.runId,
    activityType: attributes.activityType ?? {},
    status: statusOf(execution.status),
    runState: runState(execution),
    taskQueue: options.taskQueue,
    scheduleToCloseTimeout: options.scheduleToClose,
    scheduleToStartTimeout: options.scheduleToStart,
    startToCloseTimeout: options.startToClose,
    heartbeatTimeout: options.heartbeat,
    retryPolicy: options.retryPolicy,
    attempt: activity.attempt,
    scheduleTime: toTimestamp(startTimeMs),
    lastWorkerIdentity: activity.lastIdentity,
    stateTransitionCount: execution.transitionCount,
    searchAttributes:
      Object.keys(standalone.givenAttributes).length > 0 ? { indexedFields: { ...standalone.givenAttributes } } : {},
    canceledReason: standalone.cancelRequest?.reason ?? '',
    ...(options.priority ? { priority: options.priority } : {}),
    ...(attributes.header ? { header: attributes.header } : {}),
    ...(execution.userMetadata ? { userMetadata: execution.userMetadata } : {}),
    ...(activity.heartbeatDetails ? { heartbeatDetails: activity.heartbeatDetails } : {}),
    ...(activity.lastFailure ? { lastFailure: activity.lastFailure } : {}),
    ...retryInfo(execution),
    ...(activity.delayMs > 0 ? { startDelay: duration(activity.delayMs) } : {}),
  };
  const wholeMs = durationMs(options.scheduleToClose);
  const times: Partial<Record<keyof Info, number | undefined>> = {
    lastHeartbeatTime: standalone.lastHeartbeatMs,
    lastStartedTime: activity.lastStartedTimeMs,
    lastAttemptCompleteTime: activity.lastAttemptEndMs,
    expirationTime: wholeMs > 0 ? startTimeMs + activity.delayMs + wholeMs : undefined,
    executionTime: activity.delayMs > 0 ? startTimeMs + activity.delayMs : undefined,
    closeTime: closed?.timeMs,
  };
  for (const [name, ms] of Object.entries(times))
    if (ms !== undefined) Object.assign(info, { [name]: toTimestamp(ms) });
  if (closed) info.executionDuration = toDuration(closed.timeMs - startTimeMs);
  return info;
}

/** Once an attempt has failed and was to be followed by another. */
function retryInfo(execution: Execution): Pick<Info, 'currentRetryInterval' | 'nextAttemptScheduleTime'> {
  const { activity } = ownActivity(execution);
  if (activity.retryIntervalMs === 0) return {};
  return {
    currentRetryInterval: duration(activity.retryIntervalMs),
    nextAttemptScheduleTime: toTimestamp(activity.attemptTimeMs),
  };
}

export function activityListInfo(record: VisibilityRecord): ListInfo {
  const isDelayed = record.executionTimeMs > record.startTimeMs;
  const info: ListInfo = {
    activityId: record.workflowId,
    runId: record.runId,
    activityType: { name: record.workflowType },
    scheduleTime: toTimestamp(record.startTimeMs),
    status: statusOf(record.status),
    searchAttributes: record.searchAttributes ?? {},
    taskQueue: record.taskQueue,
    ...(isDelayed ? { executionTime: toTimestamp(record.executionTimeMs) } : {}),
  };
  if (record.closeTimeMs === undefined) return info;
  return {
    ...info,
    closeTime: toTimestamp(record.closeTimeMs),
    stateTransitionCount: record.stateTransitionCount,
    executionDuration: toDuration(record.closeTimeMs - record.startTimeMs),
  };
}

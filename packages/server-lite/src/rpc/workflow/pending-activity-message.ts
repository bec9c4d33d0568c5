import { PendingActivityState, TaskQueueKind, type temporal } from '@reprise/proto';
import type { Activity } from '../../execution/activity-state.ts';
import { duration, durationMs, type RetryPolicy } from '../../execution/wire.ts';
import { toTimestamp } from '../wire-time.ts';

type Info = temporal.api.workflow.v1.PendingActivityInfo;

function stateOf(activity: Activity): PendingActivityState {
  if (activity.cancelRequestedEventId) return PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED;
  const isStarted = activity.state === 'started';
  if (activity.pause) {
    return isStarted
      ? PendingActivityState.PENDING_ACTIVITY_STATE_PAUSE_REQUESTED
      : PendingActivityState.PENDING_ACTIVITY_STATE_PAUSED;
  }
  return isStarted
    ? PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
    : PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED;
}

/** The types that are not tried again are not among what is shown. */
function shownPolicy({ nonRetryableErrorTypes: _types, ...policy }: RetryPolicy): RetryPolicy {
  return policy;
}

/** Until the next attempt while it waits; once it is due, as long as the wait after it would be. */
function retryIntervalMs(activity: Activity, nowMs: number): number {
  const { attemptTimeMs, lastAttemptEndMs } = activity;
  if (attemptTimeMs > nowMs && lastAttemptEndMs !== undefined) return attemptTimeMs - lastAttemptEndMs;
  const { initialInterval, backoffCoefficient } = activity.options.retryPolicy;
  return durationMs(initialInterval) * (backoffCoefficient ?? 1) ** (activity.attempt - 1);
}

export function pendingActivity(activity: Activity, nowMs: number): Info {
  const { options, pause } = activity;
  const isStarted = activity.state === 'started';
  // Options that came later do not move it.
  const wholeMs = durationMs(activity.attributes.scheduleToCloseTimeout);
  const info: Info = {
    activityId: activity.activityId,
    activityType: activity.attributes.activityType ?? {},
    state: stateOf(activity),
    attempt: activity.attempt,
    maximumAttempts: options.retryPolicy.maximumAttempts ?? 0,
    activityOptions: {
      taskQueue: {
        name: options.taskQueue,
        kind: TaskQueueKind.TASK_QUEUE_KIND_UNSPECIFIED,
        normalName: options.taskQueue,
      },
      scheduleToCloseTimeout: options.scheduleToClose,
      scheduleToStartTimeout: options.scheduleToStart,
      startToCloseTimeout: options.startToClose,
      heartbeatTimeout: options.heartbeat,
      retryPolicy: shownPolicy(options.retryPolicy),
      ...(options.priority ? { priority: options.priority } : {}),
    },
    ...(options.priority ? { priority: options.priority } : {}),
  };
  const time = (name: keyof Info, ms: number | undefined): void => {
    if (ms !== undefined) Object.assign(info, { [name]: toTimestamp(ms) });
  };
  if (activity.heartbeatDetails) info.heartbeatDetails = activity.heartbeatDetails;
  time('lastHeartbeatTime', activity.heartbeatTimeMs);
  if (isStarted) time('lastStartedTime', activity.lastStartedTimeMs);
  time('scheduledTime', activity.attemptTimeMs);
  if (wholeMs > 0) time('expirationTime', activity.scheduledTimeMs + wholeMs);
  if (activity.lastFailure) info.lastFailure = activity.lastFailure;
  if (activity.lastIdentity) info.lastWorkerIdentity = activity.lastIdentity;
  if (activity.lastVersion) {
    info.lastDeploymentVersion = activity.lastVersion;
    info.lastWorkerDeploymentVersion = `${activity.lastVersion.deploymentName}.${activity.lastVersion.buildId}`;
  }
  if (!isStarted && !activity.cancelRequestedEventId)
    info.currentRetryInterval = duration(retryIntervalMs(activity, nowMs));
  time('lastAttemptCompleteTime', activity.lastAttemptEndMs);
  if (activity.state === 'backingOff' && activity.attemptTimeMs > nowMs)
    time('nextAttemptScheduleTime', activity.attemptTimeMs);
  if (pause) {
    info.paused = true;
    info.pauseInfo = {
      pauseTime: toTimestamp(pause.timeMs),
      manual: { identity: pause.identity, reason: pause.reason },
    };
  }
  return info;
}

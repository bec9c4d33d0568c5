/** An activity ends: its start is written now, since until now it could have been tried again. */
import { RetryState, TimeoutType } from '@reprise/proto';
import type { Activity } from '../activity-state.ts';
import type { AttributesOf } from '../event-kinds.ts';
import type { Transition } from '../transition.ts';
import type { Failure, Payloads } from '../wire.ts';
import type { WorkerVersion } from '../workflow-task-state.ts';
import { withHeartbeat } from './with-heartbeat.ts';
import { cancelStandalone, completeStandalone, failStandalone, timeOutStandalone } from './close-standalone.ts';
import { retryActivity } from './retry-activity.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

/** Who says how an activity ended. */
export interface Answerer {
  readonly identity: string;
  readonly workerVersion?: WorkerVersion | undefined;
}

/** By id an activity may be ended that no worker has taken. */
export function recordActivityStart(t: Transition, activity: Activity, by?: Answerer): void {
  const started = activity.started;
  if (!started && !by) return;
  const attributes: AttributesOf<'activityStarted'> = {
    scheduledEventId: activity.scheduledEventId,
    identity: started?.identity ?? by?.identity,
    attempt: activity.attempt,
  };
  if (started?.requestId) attributes.requestId = started.requestId;
  if (by?.workerVersion) attributes.workerVersion = by.workerVersion;
  if (activity.lastFailure) attributes.lastFailure = activity.lastFailure;
  t.record('activityStarted', attributes, { timeMs: started?.timeMs ?? t.nowMs });
}

export function completeActivity(
  t: Transition,
  activity: Activity,
  options: Answerer & { result: Payloads | null | undefined },
): void {
  if (t.execution.standalone) return completeStandalone(t, options);
  recordActivityStart(t, activity, options);
  const attributes: AttributesOf<'activityCompleted'> = { scheduledEventId: activity.scheduledEventId };
  if (options.result) attributes.result = options.result;
  if (options.identity) attributes.identity = options.identity;
  t.record('activityCompleted', attributes);
  scheduleWorkflowTask(t);
}

export function cancelActivity(
  t: Transition,
  activity: Activity,
  options: { details: Payloads | null | undefined; identity: string },
): void {
  if (t.execution.standalone) return cancelStandalone(t, options.details);
  recordActivityStart(t, activity, options);
  const attributes: AttributesOf<'activityCanceled'> = {
    scheduledEventId: activity.scheduledEventId,
    latestCancelRequestedEventId: activity.cancelRequestedEventId,
  };
  if (options.details) attributes.details = options.details;
  if (options.identity) attributes.identity = options.identity;
  t.record('activityCanceled', attributes);
  scheduleWorkflowTask(t);
}

/** Tries again if the policy allows it, or writes the failure. */
export function failActivity(
  t: Transition,
  failed: Activity,
  options: Answerer & { failure: Failure | undefined; heartbeatDetails?: Payloads | undefined },
): void {
  if (t.execution.standalone) return failStandalone(t, failed, options);
  const activity = options.heartbeatDetails ? withHeartbeat(t, failed, options.heartbeatDetails) : failed;
  const state = retryActivity(t, activity, options.failure);
  if (state === RetryState.RETRY_STATE_IN_PROGRESS) return;
  recordActivityStart(t, activity, options);
  const attributes: AttributesOf<'activityFailed'> = {
    scheduledEventId: activity.scheduledEventId,
    retryState: state,
  };
  if (options.failure) attributes.failure = options.failure;
  if (options.identity) attributes.identity = options.identity;
  t.record('activityFailed', attributes);
  scheduleWorkflowTask(t);
}

const timeoutNames: Readonly<Record<number, string>> = {
  [TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE]: 'StartToClose',
  [TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START]: 'ScheduleToStart',
  [TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE]: 'ScheduleToClose',
  [TimeoutType.TIMEOUT_TYPE_HEARTBEAT]: 'Heartbeat',
};

const NO_ROOM = 'Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying';

/** Returns true when a workflow has to hear that its activity is over. */
export function timeOutActivity(t: Transition, activity: Activity, timeoutType: TimeoutType): boolean {
  const message = `activity ${timeoutNames[timeoutType]} timeout`;
  if (t.execution.standalone) {
    timeOutStandalone(t, activity, { message, timeoutFailureInfo: { timeoutType } });
    return false;
  }
  const failure = timeoutFailure(message, timeoutType);
  const isStart = timeoutType === TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
  const isWhole = timeoutType === TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE;
  const state = isStart || isWhole ? withoutRetry(activity) : retryActivity(t, activity, failure);
  if (state === RetryState.RETRY_STATE_IN_PROGRESS) return false;
  const isOutOfTime = state === RetryState.RETRY_STATE_TIMEOUT && !isStart;
  const shown = isOutOfTime ? timeoutFailure(NO_ROOM, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE) : failure;
  // The next attempt gets its details in its task; only the end of all attempts carries them in the failure.
  if (activity.heartbeatDetails && shown.timeoutFailureInfo) {
    shown.timeoutFailureInfo.lastHeartbeatDetails = activity.heartbeatDetails;
  }
  if (activity.lastFailure) shown.cause = activity.lastFailure;
  recordActivityStart(t, activity);
  t.record('activityTimedOut', { scheduledEventId: activity.scheduledEventId, failure: shown, retryState: state });
  return true;
}

/** Timeouts of the whole are nothing that another attempt could mend. */
const withoutRetry = (activity: Activity): RetryState =>
  activity.cancelRequestedEventId ? RetryState.RETRY_STATE_CANCEL_REQUESTED : RetryState.RETRY_STATE_TIMEOUT;

function timeoutFailure(message: string, timeoutType: TimeoutType): Failure {
  return { message, source: 'Server', timeoutFailureInfo: { timeoutType } };
}

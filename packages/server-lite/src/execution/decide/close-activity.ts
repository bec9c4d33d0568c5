/** An activity ends: its start is written now, since until now it could have been tried again. */
import { RetryState, TimeoutType } from '@reprise/proto';
import type { Activity } from '../activity-state.ts';
import type { AttributesOf } from '../event-kinds.ts';
import { decideRetry } from '../retry.ts';
import { truncatedFailure } from '../payload-size.ts';
import type { Transition } from '../transition.ts';
import type { Failure, Payloads } from '../wire.ts';
import { durationMs } from '../wire.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

/** By id an activity may be ended that no worker has taken. */
export function recordActivityStart(t: Transition, activity: Activity, caller?: string): void {
  const started = activity.started;
  if (!started && caller === undefined) return;
  const attributes: AttributesOf<'activityStarted'> = {
    scheduledEventId: activity.scheduledEventId,
    identity: started?.identity ?? caller,
    attempt: activity.attempt,
  };
  if (started?.requestId) attributes.requestId = started.requestId;
  if (started?.workerStamp) attributes.workerVersion = started.workerStamp;
  if (activity.lastFailure) attributes.lastFailure = activity.lastFailure;
  t.record('activityStarted', attributes, { timeMs: started?.timeMs ?? t.nowMs });
}

export function completeActivity(
  t: Transition,
  activity: Activity,
  options: { result: Payloads | null | undefined; identity: string },
): void {
  recordActivityStart(t, activity, options.identity);
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
  recordActivityStart(t, activity, options.identity);
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
  activity: Activity,
  options: { failure: Failure | undefined; identity: string },
): void {
  const state = retryOr(t, activity, options.failure);
  if (state === RetryState.RETRY_STATE_IN_PROGRESS) return;
  recordActivityStart(t, activity, options.identity);
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

const LARGEST_KEPT = 4 * 1024;
const NO_ROOM = 'Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying';

/** Returns true when the activity is over. */
export function timeOutActivity(t: Transition, activity: Activity, timeoutType: TimeoutType): boolean {
  const failure = timeoutFailure(`activity ${timeoutNames[timeoutType]} timeout`, timeoutType);
  const final =
    timeoutType === TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START ||
    timeoutType === TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE;
  let state: RetryState = activity.cancelRequestedEventId
    ? RetryState.RETRY_STATE_CANCEL_REQUESTED
    : RetryState.RETRY_STATE_TIMEOUT;
  if (!final) state = retryOr(t, activity, failure);
  if (state === RetryState.RETRY_STATE_IN_PROGRESS) return false;
  // The next attempt gets its details in its task; only the end of all attempts carries them in the failure.
  if (activity.heartbeatDetails && failure.timeoutFailureInfo) {
    failure.timeoutFailureInfo.lastHeartbeatDetails = activity.heartbeatDetails;
  }
  recordActivityStart(t, activity);
  t.record('activityTimedOut', {
    scheduledEventId: activity.scheduledEventId,
    failure: finalTimeout(activity, failure, { final, state }),
    retryState: state,
  });
  return true;
}

function finalTimeout(activity: Activity, failure: Failure, how: { final: boolean; state: RetryState }): Failure {
  if (how.final) return activity.lastFailure ? { ...failure, cause: activity.lastFailure } : failure;
  if (how.state !== RetryState.RETRY_STATE_TIMEOUT) return failure;
  const noRoom = timeoutFailure(NO_ROOM, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE);
  if (activity.heartbeatDetails && noRoom.timeoutFailureInfo) {
    noRoom.timeoutFailureInfo.lastHeartbeatDetails = activity.heartbeatDetails;
  }
  return noRoom;
}

function timeoutFailure(message: string, timeoutType: TimeoutType): Failure {
  return { message, source: 'Server', timeoutFailureInfo: { timeoutType } };
}

/** What stays of a failure between attempts. */
function kept(failure: Failure): Failure {
  if (JSON.stringify(failure).length <= LARGEST_KEPT) return failure;
  return {
    message: 'Failure exceeds size limit.',
    serverFailureInfo: {},
    cause: truncatedFailure(failure, LARGEST_KEPT),
  };
}

/** Plans the next attempt and answers IN_PROGRESS, or says why there is none. */
function retryOr(t: Transition, activity: Activity, failure: Failure | undefined): RetryState {
  if (activity.cancelRequestedEventId) return RetryState.RETRY_STATE_CANCEL_REQUESTED;
  const scheduleToCloseMs = durationMs(activity.options.scheduleToClose);
  const answer = decideRetry({
    policy: activity.options.retryPolicy,
    attempt: activity.attempt,
    failure,
    nowMs: t.nowMs,
    expiresMs: scheduleToCloseMs > 0 ? activity.scheduledTimeMs + scheduleToCloseMs : 0,
    delayOverridesMaximum: true,
  });
  if (answer.state !== RetryState.RETRY_STATE_IN_PROGRESS) return answer.state;
  t.note({
    kind: 'activityRetry',
    scheduledEventId: activity.scheduledEventId,
    attempt: activity.resetRequested ? 1 : activity.attempt + 1,
    dueMs: t.nowMs + Math.ceil(answer.intervalMs),
    intervalMs: answer.intervalMs,
    failure: failure && kept(failure),
    endedMs: t.nowMs,
  });
  return answer.state;
}

/** Whether a failed attempt is followed by another. */
import { RetryState } from '@reprise/proto';
import type { Activity } from '../activity-state.ts';
import { failureBytes, truncatedFailure } from '../payload-size.ts';
import { decideRetry, isRetryable } from '../retry.ts';
import type { Transition } from '../transition.ts';
import { durationMs, type Failure } from '../wire.ts';

const LARGEST_KEPT = 4 * 1024;

/** What stays of a failure between attempts. */
function kept(failure: Failure): Failure {
  if (failureBytes(failure) <= LARGEST_KEPT) return failure;
  return {
    message: 'Failure exceeds size limit.',
    serverFailureInfo: {},
    cause: truncatedFailure(failure, LARGEST_KEPT),
  };
}

/** Plans the next attempt and answers IN_PROGRESS, or says why there is none. */
export function retryActivity(t: Transition, activity: Activity, failure: Failure | undefined): RetryState {
  if (activity.cancelRequestedEventId) return RetryState.RETRY_STATE_CANCEL_REQUESTED;
  const { scheduledEventId, pause } = activity;
  const isQuiet = failure?.timeoutFailureInfo && !t.execution.standalone;
  const endedMs = isQuiet ? undefined : t.nowMs;
  const ended = {
    kind: 'activityRetry',
    scheduledEventId,
    attempt: activity.attempt + 1,
    failure: failure && kept(failure),
    endedMs,
  } as const;
  if (pause && isRetryable(failure, activity.options.retryPolicy.nonRetryableErrorTypes ?? [])) {
    // While it is paused attempts are only counted; when the next one is due is settled when it goes on.
    t.note({ ...ended, dueMs: activity.attemptTimeMs, intervalMs: 0 });
    return RetryState.RETRY_STATE_IN_PROGRESS;
  }
  // Until when it is tried again was settled when it was scheduled, whatever its options have become.
  const scheduleToCloseMs = durationMs(activity.attributes.scheduleToCloseTimeout);
  const answer = decideRetry({
    policy: activity.options.retryPolicy,
    attempt: activity.attempt,
    failure,
    nowMs: t.nowMs,
    expiresMs: scheduleToCloseMs > 0 ? activity.scheduledTimeMs + activity.delayMs + scheduleToCloseMs : 0,
    delayRule: t.execution.standalone ? 'ifPositive' : 'asGiven',
  });
  if (answer.state !== RetryState.RETRY_STATE_IN_PROGRESS) return answer.state;
  t.note({ ...ended, dueMs: t.nowMs + Math.ceil(answer.intervalMs), intervalMs: answer.intervalMs });
  return answer.state;
}

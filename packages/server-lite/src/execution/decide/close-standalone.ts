/** An activity of its own ends, or goes on with another attempt. */
import { RetryState, TimeoutType } from '@reprise/proto';
import { failedPrecondition } from '../../errors.ts';
import type { Activity } from '../activity-state.ts';
import type { StandaloneClose } from '../standalone.ts';
import { ownActivity } from '../own-activity.ts';
import type { Transition } from '../transition.ts';
import type { Failure, Payloads } from '../wire.ts';
import { retryActivity } from './retry-activity.ts';
import { withHeartbeat } from './with-heartbeat.ts';

export function closeStandalone(t: Transition, close: Omit<StandaloneClose, 'timeMs'>): void {
  t.note({ kind: 'standaloneClosed', close: { ...close, timeMs: t.nowMs } });
}

export function completeStandalone(
  t: Transition,
  { result, identity }: { result: Payloads | null | undefined; identity: string },
): void {
  closeStandalone(t, { end: 'completed', outcome: { result: result ?? {} }, attempt: { identity } });
}

export function failStandalone(
  t: Transition,
  activity: Activity,
  options: { failure: Failure | undefined; heartbeatDetails?: Payloads | undefined; identity: string },
): void {
  const { failure, identity, heartbeatDetails } = options;
  // Failures of other kinds than that of applications are not tried again.
  const isRetried =
    failure?.applicationFailureInfo && retryActivity(t, activity, failure) === RetryState.RETRY_STATE_IN_PROGRESS;
  if (isRetried) return;
  // What comes with a failure that is tried again is forgotten.
  if (heartbeatDetails) withHeartbeat(t, activity, heartbeatDetails);
  const attempt = failure ? { identity, failure } : { identity };
  closeStandalone(t, { end: 'failed', outcome: { failure: failure ?? {} }, attempt });
}

/** @throws ServiceError FAILED_PRECONDITION when nobody has asked it to cancel itself */
export function cancelStandalone(t: Transition, details: Payloads | null | undefined): void {
  const { cancelRequest } = ownActivity(t.execution).standalone;
  if (!cancelRequest) throw failedPrecondition('invalid transition from Started');
  const info = { ...(details ? { details } : {}), identity: cancelRequest.identity };
  closeStandalone(t, {
    end: 'canceled',
    outcome: { failure: { message: 'Activity canceled', canceledFailureInfo: info } },
  });
}

const ofAttempt: ReadonlySet<TimeoutType> = new Set([
  TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE,
  TimeoutType.TIMEOUT_TYPE_HEARTBEAT,
]);

/** @param failure says which time was up */
export function timeOutStandalone(t: Transition, activity: Activity, failure: Failure): void {
  if (!ofAttempt.has(failure.timeoutFailureInfo?.timeoutType ?? 0)) {
    closeStandalone(t, { end: 'timedOut', outcome: { failure } });
    return;
  }
  if (retryActivity(t, activity, failure) === RetryState.RETRY_STATE_IN_PROGRESS) return;
  closeStandalone(t, { end: 'timedOut', outcome: { failure }, attempt: { failure } });
}

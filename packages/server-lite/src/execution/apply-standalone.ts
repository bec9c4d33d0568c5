/** What happens to an activity of its own, beyond what happens to any activity. */
import { applyActivityScheduled, changeActivity } from './activity.ts';
import type { Execution } from './execution.ts';
import {
  type CancelRequest,
  ownActivityId,
  type StandaloneClose,
  standaloneEnds,
  type StandaloneStart,
} from './standalone.ts';
import { timestampMs } from './wire.ts';

export function applyStandaloneStarted(execution: Execution, start: StandaloneStart): void {
  const { scheduled, searchAttributes, userMetadata, delayMs } = start;
  applyActivityScheduled(execution, scheduled);
  if (delayMs > 0) {
    const attemptTimeMs = timestampMs(scheduled.eventTime) + Math.ceil(delayMs);
    changeActivity(execution, ownActivityId, { state: 'backingOff', delayMs, attemptTimeMs });
  }
  execution.standalone = {
    givenAttributes: start.givenAttributes ?? searchAttributes,
    cancelRequest: undefined,
    lastHeartbeatMs: undefined,
    close: undefined,
  };
  execution.startTimeMs = timestampMs(scheduled.eventTime);
  execution.userMetadata = userMetadata;
  execution.startLinks = start.links;
  execution.searchAttributes = new Map(Object.entries(searchAttributes));
}

export function applyStandaloneCancelRequested(execution: Execution, cancelRequest: CancelRequest): void {
  if (!execution.standalone) return;
  execution.standalone = { ...execution.standalone, cancelRequest };
  changeActivity(execution, ownActivityId, { cancelRequestedEventId: ownActivityId });
}

export function noteStandaloneHeartbeat(execution: Execution, timeMs: number): void {
  if (execution.standalone) execution.standalone = { ...execution.standalone, lastHeartbeatMs: timeMs };
}

export function applyStandaloneClosed(execution: Execution, close: StandaloneClose): void {
  if (!execution.standalone) return;
  const { attempt, end, timeMs } = close;
  execution.standalone = { ...execution.standalone, close };
  execution.status = standaloneEnds[end].status;
  execution.closed = { event: {}, timeMs, newRunId: '' };
  changeActivity(execution, ownActivityId, {
    state: 'closed',
    ...(attempt ? { lastAttemptEndMs: timeMs } : {}),
    ...(attempt?.identity === undefined ? {} : { lastIdentity: attempt.identity }),
    // After a failure nothing is waited for any more.
    ...(end === 'failed' || (end === 'timedOut' && attempt)
      ? { lastFailure: attempt?.failure, retryIntervalMs: 0 }
      : {}),
  });
}

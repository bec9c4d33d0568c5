/** What clients ask of an activity of its own. */
import { failedPrecondition } from '../../errors.ts';
import { isRunning } from '../execution.ts';
import { type CancelRequest, type Standalone, standaloneEnds, type StandaloneStart } from '../standalone.ts';
import { ownActivity } from '../own-activity.ts';
import type { Transition } from '../transition.ts';
import { timestamp } from '../wire.ts';
import { cancelStandalone, closeStandalone } from './close-standalone.ts';

const encoder = new TextEncoder();

export function startStandalone(t: Transition, start: StandaloneStart): void {
  t.note({
    kind: 'standaloneStarted',
    start: { ...start, scheduled: { ...start.scheduled, eventTime: timestamp(t.nowMs) } },
  });
}

const isOver = (standalone: Standalone) =>
  failedPrecondition(`invalid transition from ${standaloneEnds[standalone.close?.end ?? 'completed'].name}`);

/** @throws ServiceError FAILED_PRECONDITION */
export function requestCancelStandalone(t: Transition, request: CancelRequest): void {
  const { standalone, activity } = ownActivity(t.execution);
  if (!isRunning(t.execution)) throw isOver(standalone);
  const earlier = standalone.cancelRequest?.requestId;
  if (earlier === request.requestId) return;
  if (earlier !== undefined) throw failedPrecondition(`cancellation already requested with request ID ${earlier}`);
  t.note({ kind: 'standaloneCancelRequested', request });
  if (activity.state === 'started') return;
  const data = encoder.encode(JSON.stringify(request.reason));
  cancelStandalone(t, { payloads: [{ metadata: { encoding: encoder.encode('json/plain') }, data }] });
}

/** @throws ServiceError FAILED_PRECONDITION */
export function terminateStandalone(
  t: Transition,
  { requestId, identity, reason }: { requestId: string; identity: string; reason: string },
): void {
  const { standalone } = ownActivity(t.execution);
  const { close } = standalone;
  if (close?.end === 'terminated') {
    if (close.requestId === requestId) return;
    throw failedPrecondition(`already terminated with request ID ${close.requestId}`);
  }
  if (close) throw isOver(standalone);
  const failure = { message: reason, terminatedFailureInfo: { identity } };
  closeStandalone(t, { end: 'terminated', outcome: { failure }, requestId });
}

/**
 * About how many bytes the real service would store of a run besides its history. It keeps input and results in history
 * only, so what counts is what is kept for later: memo, attributes, heartbeats, failures, events held back, and a little for
 * each thing that is pending.
 */
import type { Execution } from './execution.ts';
import { failureBytes, payloadBytes, payloadsBytes } from './payload-size.ts';
import type { Failure, Payload, Payloads } from './wire.ts';

/** What an entry takes that carries nothing of its own, by measure of the real service. */
const overhead = { run: 700, activity: 240, timer: 40, child: 180, outgoing: 60, nexus: 260, update: 60, request: 40 };

type Measured = Failure | Payload | Payloads;

/** Each is measured once, however many transitions of its run follow. */
const measured = new WeakMap<Measured, number>();

function measure<Value extends Measured>(value: Value | undefined, bytesOf: (value: Value) => number): number {
  if (!value) return 0;
  const known = measured.get(value) ?? bytesOf(value);
  measured.set(value, known);
  return known;
}

function mapBytes(fields: ReadonlyMap<string, Payload>): number {
  let bytes = 0;
  for (const [key, payload] of fields) bytes += key.length + measure(payload, payloadBytes);
  return bytes;
}

export function stateBytes(execution: Execution): number {
  const { memo, searchAttributes, activities, children, nexusOperations, callbacks } = execution;
  const heldBack = execution.task?.kind === 'started' ? execution.bufferedBytes : 0;
  let bytes = overhead.run + heldBack + mapBytes(memo) + mapBytes(searchAttributes);
  for (const { heartbeatDetails, lastFailure, activityId } of activities.values()) {
    bytes += overhead.activity + activityId.length;
    bytes += measure(heartbeatDetails, payloadsBytes) + measure(lastFailure, failureBytes);
  }
  for (const { attributes } of children.values()) bytes += overhead.child + (attributes.workflowId?.length ?? 0);
  for (const { lastFailure } of nexusOperations.values()) {
    bytes += overhead.nexus + measure(lastFailure, failureBytes);
  }
  for (const timerId of execution.timers.keys()) bytes += overhead.timer + timerId.length;
  for (const updateId of execution.updates.keys()) bytes += overhead.update + updateId.length;
  const outgoing = execution.outgoingSignals.size + execution.outgoingCancels.size;
  const requests = execution.signalRequestIds.size + execution.requests.size + callbacks.size;
  return bytes + outgoing * overhead.outgoing + requests * overhead.request;
}

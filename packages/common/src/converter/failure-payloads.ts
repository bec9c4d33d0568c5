import type { FailureShape, WallFailure } from '../failure-shape.ts';
import type { Payload } from '../payload-shape.ts';
import { fromWallPayload, toWallPayload } from './wall-payload.ts';

type Payloads<P> = { payloads?: P[] | null | undefined } | null | undefined;

function mapPayloads<A, B>(payloads: Payloads<A>, change: (payload: A) => B): { payloads: B[] } | undefined {
  return payloads?.payloads ? { payloads: payloads.payloads.map(change) } : undefined;
}

/** The same failure with every payload in it (attributes, details, of causes too) replaced. */
export function mapFailurePayloads<A, B>(failure: FailureShape<A>, change: (payload: A) => B): FailureShape<B> {
  const {
    encodedAttributes,
    cause,
    applicationFailureInfo: application,
    timeoutFailureInfo: timeout,
    canceledFailureInfo: canceled,
    resetWorkflowFailureInfo: reset,
    ...rest
  } = failure;
  const mapped: FailureShape<B> = rest;
  if (encodedAttributes) mapped.encodedAttributes = change(encodedAttributes);
  if (cause) mapped.cause = mapFailurePayloads(cause, change);
  if (application) {
    const { details, ...info } = application;
    const payloads = mapPayloads(details, change);
    mapped.applicationFailureInfo = { ...info, ...(payloads ? { details: payloads } : {}) };
  }
  if (timeout) {
    const { lastHeartbeatDetails, ...info } = timeout;
    const payloads = mapPayloads(lastHeartbeatDetails, change);
    mapped.timeoutFailureInfo = { ...info, ...(payloads ? { lastHeartbeatDetails: payloads } : {}) };
  }
  if (canceled) {
    const { details, ...info } = canceled;
    const payloads = mapPayloads(details, change);
    mapped.canceledFailureInfo = { ...info, ...(payloads ? { details: payloads } : {}) };
  }
  if (reset) {
    const payloads = mapPayloads(reset.lastHeartbeatDetails, change);
    mapped.resetWorkflowFailureInfo = payloads ? { lastHeartbeatDetails: payloads } : {};
  }
  return mapped;
}

/** The form of a failure that crosses the wall of the isolate. */
export function toWallFailure(failure: FailureShape): WallFailure {
  return mapFailurePayloads(failure, toWallPayload);
}

/** The failure of its form at the wall. */
export function fromWallFailure(failure: WallFailure): FailureShape<Payload> {
  return mapFailurePayloads(failure, fromWallPayload);
}

/** Answers for servers that do not take failures in the form that workflows see: the same as JSON inside a Nexus failure. */
import type { FailureShape } from '@reprise/common';
import { toJson } from '@reprise/proto/json';
import type { temporal } from '@reprise/proto';

type NexusFailure = temporal.api.nexus.v1.Failure;
type WireFailure = temporal.api.failure.v1.Failure;

const FAILURE_TYPE = 'temporal.api.failure.v1.Failure';

function nexusFailure(failure: FailureShape): NexusFailure {
  const { message, ...rest } = failure as WireFailure;
  const details = new TextEncoder().encode(JSON.stringify(toJson(FAILURE_TYPE, rest)));
  return { message: message ?? '', metadata: { type: FAILURE_TYPE }, details };
}

/** For the failure of a handler. */
export function legacyHandlerError(failure: FailureShape): temporal.api.nexus.v1.HandlerError {
  const info = failure.nexusHandlerFailureInfo;
  const retryBehavior = (info?.retryBehavior ?? 0) as 0 | 1 | 2;
  return { errorType: info?.type ?? 'INTERNAL', failure: nexusFailure(failure), retryBehavior };
}

/** For an operation that ended as failed or cancelled. */
export function legacyOperationError(failure: FailureShape): temporal.api.nexus.v1.UnsuccessfulOperationError {
  return { operationState: failure.canceledFailureInfo ? 'canceled' : 'failed', failure: nexusFailure(failure) };
}

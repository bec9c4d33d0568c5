/** What a handler threw, as the error that the caller's server understands. */
import { ActivityExecutionAlreadyStartedError, isGrpcServiceError } from '@reprise/client';
import {
  ApplicationFailure,
  CancelledFailure,
  encodeErrorToFailure,
  type FailureShape,
  type LoadedDataConverter,
  WorkflowExecutionAlreadyStartedError,
} from '@reprise/common';
import { HandlerError } from 'nexus-rpc';
import type { HandlerErrorType, OperationError } from 'nexus-rpc';

const MAX_CAUSES = 20;

interface Meaning {
  readonly type: HandlerErrorType;
  /** Trying again cannot help, whatever the type says. */
  readonly isFinal?: true;
}

/** By the number of the gRPC status; what is not here is an internal error that may pass. */
const byStatus: Readonly<Record<number, Meaning>> = {
  3: { type: 'BAD_REQUEST' },
  4: { type: 'UPSTREAM_TIMEOUT' },
  5: { type: 'NOT_FOUND' },
  6: { type: 'INTERNAL', isFinal: true },
  8: { type: 'RESOURCE_EXHAUSTED' },
  9: { type: 'INTERNAL', isFinal: true },
  10: { type: 'UNAVAILABLE' },
  11: { type: 'INTERNAL', isFinal: true },
  12: { type: 'NOT_IMPLEMENTED' },
  14: { type: 'UNAVAILABLE' },
};

/** The error to answer with for anything that a handler threw. */
export function asHandlerError(thrown: unknown): HandlerError {
  if (thrown instanceof HandlerError) return thrown;
  if (thrown instanceof WorkflowExecutionAlreadyStartedError || thrown instanceof ActivityExecutionAlreadyStartedError)
    return handlerError({ type: 'INTERNAL', isFinal: true }, thrown);
  if (thrown instanceof ApplicationFailure && thrown.nonRetryable === true) {
    return handlerError(
      { type: 'INTERNAL', isFinal: true },
      thrown,
      'Handler failed with non-retryable application error',
    );
  }
  const code = grpcStatusOf(thrown);
  return handlerError((code === undefined ? undefined : byStatus[code]) ?? { type: 'INTERNAL' }, thrown);
}

function handlerError({ type, isFinal }: Meaning, cause: unknown, message?: string): HandlerError {
  return new HandlerError(type, message, { cause, ...(isFinal === true && { retryableOverride: false }) });
}

/** Clients throw errors of their own around those of gRPC. */
function grpcStatusOf(thrown: unknown): number | undefined {
  let error = thrown;
  for (let depth = 0; depth < MAX_CAUSES && error instanceof Error; depth++) {
    if (isGrpcServiceError(error)) return error.code;
    error = error.cause;
  }
  return undefined;
}

/** The failure of an operation that ended as failed or cancelled. */
export function operationFailure(error: OperationError): Error {
  const failure = failureOf(error);
  if (error.stack !== undefined) failure.stack = error.stack;
  return failure;
}

function failureOf(error: OperationError): Error {
  const cause = error.cause as Error | undefined;
  if (error.state === 'canceled') return new CancelledFailure(error.message, [], cause);
  return ApplicationFailure.create({
    message: error.message,
    type: 'OperationError',
    nonRetryable: true,
    ...(cause !== undefined && { cause }),
  });
}

/** The same, encoded. */
export function operationErrorToProto(converter: LoadedDataConverter, error: OperationError): Promise<FailureShape> {
  return encodeErrorToFailure(converter, operationFailure(error));
}

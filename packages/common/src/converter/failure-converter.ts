import { isRecord } from '../brand.ts';
import { msNumberToTs, msToNumber } from '../duration.ts';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  NexusOperationFailure,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
  type ProtoFailure,
} from '../failure.ts';
import {
  decodeApplicationFailureCategory,
  decodeRetryState,
  decodeTimeoutType,
  encodeApplicationFailureCategory,
  encodeRetryState,
  encodeTimeoutType,
  FAILURE_SOURCE,
  RetryState,
  TimeoutType,
} from '../failure-enums.ts';
import { NexusHandlerError, isNexusHandlerError, nexusRetryBehavior, nexusRetryable } from '../nexus-handler-error.ts';
import { cutoffStackTrace } from '../stack-trace.ts';
import type { PayloadConverter } from './payload-converter.ts';
import { payloadConverterInContext } from './payload-converter-in-context.ts';
import type { SerializationContext } from './serialization-context.ts';
import { arrayFromPayloads, fromPayloadsAtIndex, toPayloads } from './typed-payloads.ts';

/** Turns errors into failures of the wire and back. It also runs inside workflows. */
export interface FailureConverter {
  /**
   * The failure of a thrown value.
   *
   * @param context whose failure it is, when that is known; to be handed on to the payload converter
   */
  errorToFailure(error: unknown, payloadConverter: PayloadConverter, context?: SerializationContext): ProtoFailure;
  /** The error of a failure. */
  failureToError(failure: ProtoFailure, payloadConverter: PayloadConverter, context?: SerializationContext): Error;
}

/** What `encodedAttributes` holds. */
export interface DefaultEncodedFailureAttributes {
  message: string;
  stack_trace: string;
}

export interface DefaultFailureConverterOptions {
  /**
   * Puts message and stack trace of failures into a payload, so that codecs can encrypt them. Default false.
   */
  encodeCommonAttributes: boolean;
}

const NON_ERROR_THROWN =
  ' [A non-Error value was thrown from your code. We recommend throwing Error objects so that we can provide a stack trace]';

/** Maps each failure of the wire to the class of its name. */
export class DefaultFailureConverter implements FailureConverter {
  readonly options: DefaultFailureConverterOptions;

  constructor(options?: Partial<DefaultFailureConverterOptions>) {
    this.options = { encodeCommonAttributes: options?.encodeCommonAttributes ?? false };
  }

  failureToError(failure: ProtoFailure, payloadConverter: PayloadConverter, context?: SerializationContext): Error {
    const shown = decodeCommonAttributes(failure, within(payloadConverter, context));
    const error = this.failureToErrorInner(shown, payloadConverter, context);
    error.stack = shown.stackTrace ?? '';
    if (error instanceof TemporalFailure) error.failure = failure;
    return error;
  }

  /** The error of a failure, without its stack: for converters that extend this one. */
  failureToErrorInner(
    failure: ProtoFailure,
    payloadConverter: PayloadConverter,
    context?: SerializationContext,
  ): Error {
    const cause = this.optionalFailureToOptionalError(failure.cause, payloadConverter, context);
    return toError(failure, within(payloadConverter, context), cause);
  }

  errorToFailure(error: unknown, payloadConverter: PayloadConverter, context?: SerializationContext): ProtoFailure {
    const failure = this.errorToFailureInner(error, payloadConverter, context);
    if (!this.options.encodeCommonAttributes || (error instanceof TemporalFailure && error.failure)) return failure;
    const { message, stackTrace } = failure;
    return {
      ...failure,
      encodedAttributes: payloadConverter.toPayload({ message, stack_trace: stackTrace }, context),
      message: 'Encoded failure',
      stackTrace: '',
    };
  }

  /** The failure of an error, its message and stack as they are: for converters that extend this one. */
  errorToFailureInner(
    error: unknown,
    payloadConverter: PayloadConverter,
    context?: SerializationContext,
  ): ProtoFailure {
    if (error instanceof TemporalFailure && error.failure) return error.failure;
    if (!isRecord(error)) return { source: FAILURE_SOURCE, message: String(error) + NON_ERROR_THROWN };
    const { message, stack, cause } = error as { [K in keyof Error]?: unknown };
    const base: ProtoFailure = {
      message: typeof message === 'string' ? message : describe(error) + NON_ERROR_THROWN,
      stackTrace: cutoffStackTrace(typeof stack === 'string' ? stack : undefined),
      source: FAILURE_SOURCE,
    };
    const causeFailure = this.optionalErrorToOptionalFailure(cause, payloadConverter, context);
    if (causeFailure) base.cause = causeFailure;
    if (error instanceof TemporalFailure || isNexusHandlerError(error)) {
      return { ...base, ...failureInfo(error, within(payloadConverter, context)) };
    }
    return base;
  }

  /** What is missing stays missing. */
  optionalFailureToOptionalError(
    failure: ProtoFailure | null | undefined,
    payloadConverter: PayloadConverter,
    context?: SerializationContext,
  ): Error | undefined {
    return failure ? this.failureToError(failure, payloadConverter, context) : undefined;
  }

  /** What is missing stays missing. */
  optionalErrorToOptionalFailure(
    error: unknown,
    payloadConverter: PayloadConverter,
    context?: SerializationContext,
  ): ProtoFailure | undefined {
    return error === undefined || error === null ? undefined : this.errorToFailure(error, payloadConverter, context);
  }
}

const within = (converter: PayloadConverter, context: SerializationContext | undefined): PayloadConverter =>
  context === undefined ? converter : payloadConverterInContext(converter, context);

/** The converter that is used when none is configured. */
export const defaultFailureConverter: FailureConverter = new DefaultFailureConverter();

function describe(value: unknown): string {
  try {
    // Most of what is thrown has no text of its own. Functions have no JSON.
    return typeof value === 'function' ? String(value) : JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function decodeCommonAttributes(failure: ProtoFailure, converter: PayloadConverter): ProtoFailure {
  if (!failure.encodedAttributes) return failure;
  const attributes = converter.fromPayload<unknown>(failure.encodedAttributes);
  // Only an object is taken: another converter may have encoded something else.
  if (!isRecord(attributes)) return failure;
  const { message, stack_trace: stackTrace } = attributes;
  return {
    ...failure,
    ...(typeof message === 'string' ? { message } : {}),
    ...(typeof stackTrace === 'string' ? { stackTrace } : {}),
  };
}

function toError(failure: ProtoFailure, converter: PayloadConverter, cause: Error | undefined): Error {
  const message = failure.message ?? undefined;
  if (failure.applicationFailureInfo) return toApplicationFailure(failure, converter, cause);
  if (failure.serverFailureInfo)
    return new ServerFailure(message, Boolean(failure.serverFailureInfo.nonRetryable), cause);
  if (failure.timeoutFailureInfo) {
    const { lastHeartbeatDetails, timeoutType } = failure.timeoutFailureInfo;
    return new TimeoutFailure(
      message,
      fromPayloadsAtIndex(converter, 0, lastHeartbeatDetails?.payloads),
      decodeTimeoutType(timeoutType) ?? TimeoutType.START_TO_CLOSE,
    );
  }
  if (failure.terminatedFailureInfo) return new TerminatedFailure(message, cause);
  if (failure.canceledFailureInfo) {
    return new CancelledFailure(
      message,
      arrayFromPayloads(converter, failure.canceledFailureInfo.details?.payloads),
      cause,
    );
  }
  if (failure.resetWorkflowFailureInfo) {
    const details = arrayFromPayloads(converter, failure.resetWorkflowFailureInfo.lastHeartbeatDetails?.payloads);
    return new ApplicationFailure(message, 'ResetWorkflow', false, details, cause);
  }
  return toWrapper(failure, cause) ?? new TemporalFailure(message, cause);
}

function toApplicationFailure(failure: ProtoFailure, converter: PayloadConverter, cause: Error | undefined): Error {
  const info = failure.applicationFailureInfo;
  return new ApplicationFailure(
    failure.message ?? undefined,
    info?.type,
    Boolean(info?.nonRetryable),
    arrayFromPayloads(converter, info?.details?.payloads),
    cause,
    // What it said of the next retry was for that retry alone.
    undefined,
    decodeApplicationFailureCategory(info?.category),
  );
}

/** The errors that only say where their cause happened. */
function toWrapper(failure: ProtoFailure, cause: Error | undefined): Error | undefined {
  const message = failure.message ?? undefined;
  const { activityFailureInfo: activity, childWorkflowExecutionFailureInfo: child } = failure;
  const { nexusOperationExecutionFailureInfo: nexus, nexusHandlerFailureInfo: handler } = failure;
  const unset = RetryState.RETRY_POLICY_NOT_SET;
  if (activity) {
    return new ActivityFailure(
      message,
      activity.activityType?.name ?? '',
      activity.activityId ?? undefined,
      decodeRetryState(activity.retryState) ?? unset,
      activity.identity ?? undefined,
      cause,
    );
  }
  if (child) {
    const { namespace, workflowExecution, workflowType, retryState } = child;
    const state = decodeRetryState(retryState) ?? unset;
    return new ChildWorkflowFailure(
      namespace ?? undefined,
      workflowExecution ?? {},
      workflowType?.name ?? '',
      state,
      cause,
    );
  }
  if (nexus) {
    return new NexusOperationFailure(
      message,
      nexus.scheduledEventId ?? undefined,
      nexus.endpoint ?? '',
      nexus.service ?? '',
      nexus.operation ?? '',
      nexus.operationToken || nexus.operationId || undefined,
      cause,
    );
  }
  if (handler)
    return new NexusHandlerError(handler.type ?? 'INTERNAL', message, {
      cause,
      retryable: nexusRetryable(handler.retryBehavior),
    });
  return undefined;
}

function details(converter: PayloadConverter, values: readonly unknown[] | null | undefined) {
  const payloads = values && values.length > 0 ? toPayloads(converter, ...values) : undefined;
  return payloads === undefined ? {} : { details: { payloads } };
}

function failureInfo(error: Error, converter: PayloadConverter): ProtoFailure {
  if (error instanceof ApplicationFailure) {
    const { type, nonRetryable, nextRetryDelay } = error;
    const category = encodeApplicationFailureCategory(error.category);
    return {
      applicationFailureInfo: {
        ...(type === null || type === undefined ? {} : { type }),
        nonRetryable: Boolean(nonRetryable),
        ...details(converter, error.details),
        ...(nextRetryDelay === null || nextRetryDelay === undefined
          ? {}
          : { nextRetryDelay: msNumberToTs(msToNumber(nextRetryDelay)) }),
        ...(category === undefined ? {} : { category }),
      },
    };
  }
  if (error instanceof CancelledFailure) return { canceledFailureInfo: details(converter, error.details) };
  if (error instanceof TimeoutFailure) {
    const { lastHeartbeatDetails: last } = error;
    return {
      timeoutFailureInfo: {
        timeoutType: encodeTimeoutType(error.timeoutType) ?? 0,
        ...(last ? { lastHeartbeatDetails: { payloads: toPayloads(converter, last) ?? [] } } : {}),
      },
    };
  }
  if (error instanceof ServerFailure) return { serverFailureInfo: { nonRetryable: error.nonRetryable } };
  if (error instanceof TerminatedFailure) return { terminatedFailureInfo: {} };
  return wrapperInfo(error);
}

function wrapperInfo(error: Error): ProtoFailure {
  if (error instanceof ActivityFailure) {
    return {
      activityFailureInfo: {
        activityType: { name: error.activityType },
        retryState: encodeRetryState(error.retryState) ?? 0,
        ...(error.activityId === undefined ? {} : { activityId: error.activityId }),
        ...(error.identity === undefined ? {} : { identity: error.identity }),
      },
    };
  }
  if (error instanceof ChildWorkflowFailure) {
    return {
      childWorkflowExecutionFailureInfo: {
        workflowExecution: error.execution,
        workflowType: { name: error.workflowType },
        retryState: encodeRetryState(error.retryState) ?? 0,
        ...(error.namespace === undefined ? {} : { namespace: error.namespace }),
      },
    };
  }
  if (error instanceof NexusOperationFailure) {
    const { scheduledEventId, endpoint, service, operation, operationToken } = error;
    return {
      nexusOperationExecutionFailureInfo: {
        endpoint,
        service,
        operation,
        ...(scheduledEventId === undefined ? {} : { scheduledEventId }),
        ...(operationToken === undefined ? {} : { operationToken }),
      },
    };
  }
  if (isNexusHandlerError(error)) {
    return { nexusHandlerFailureInfo: { type: error.type, retryBehavior: nexusRetryBehavior(error) } };
  }
  return {};
}

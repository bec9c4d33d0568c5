/**
 * Failures are errors that cross the wire, with the names and fields of temporal.api.failure.v1.
 * Workflow and activity code throws ApplicationFailure; the others come from the system.
 */
import { brandError, isError, isRecord } from './brand.ts';
import type { Duration } from './duration.ts';
import type { ApplicationFailureCategory, RetryState, TimeoutType } from './failure-enums.ts';
import type { FailureShape } from './failure-shape.ts';

/** The failure message of the wire. */
export type ProtoFailure = FailureShape;

/** The common class of all failures. Throw ApplicationFailure instead of this. */
export class TemporalFailure extends Error {
  /** The message that this error was made from, when it came over the wire. */
  failure?: ProtoFailure;
  override readonly cause?: Error;

  constructor(message?: string | null, cause?: Error) {
    super(message ?? undefined);
    if (cause !== undefined) this.cause = cause;
  }
  static {
    brandError(this, 'TemporalFailure');
  }
}

/** A failure that arose in the server. */
export class ServerFailure extends TemporalFailure {
  readonly nonRetryable: boolean;
  constructor(message: string | undefined, nonRetryable: boolean, cause?: Error) {
    super(message, cause);
    this.nonRetryable = nonRetryable;
  }
  static {
    brandError(this, 'ServerFailure');
  }
}

/** What an ApplicationFailure is made of. */
export interface ApplicationFailureOptions {
  message?: string;
  /** A name for retry policies and for handlers to match; default: the name of the cause, or `Error`. */
  type?: string;
  /** When true, the activity or workflow is not tried again. Default false. */
  nonRetryable?: boolean;
  /** Values that travel with the failure. */
  details?: unknown[];
  cause?: Error;
  /** Wait this long before the next attempt, whatever the retry policy says. */
  nextRetryDelay?: Duration;
  category?: ApplicationFailureCategory;
}

/**
 * A failure that application code throws on purpose. In workflow code it fails the workflow; any other error only fails
 * the workflow task, which is tried again.
 *
 * @example throw ApplicationFailure.create({ message: 'card declined', type: 'CardDeclined', nonRetryable: true });
 */
export class ApplicationFailure extends TemporalFailure {
  readonly type: string | undefined | null;
  readonly nonRetryable: boolean | undefined | null;
  readonly details: unknown[] | undefined | null;
  readonly nextRetryDelay: Duration | undefined | null;
  readonly category: ApplicationFailureCategory | undefined | null;

  /** Use the static makers. */
  // The published class takes these in this order, and subclasses pass them on.
  constructor(
    message?: string | undefined | null,
    type?: string | undefined | null,
    nonRetryable?: boolean | undefined | null,
    details?: unknown[] | undefined | null,
    cause?: Error,
    nextRetryDelay?: Duration | undefined | null,
    category?: ApplicationFailureCategory | undefined | null,
  ) {
    super(message, cause);
    this.type = type;
    this.nonRetryable = nonRetryable;
    this.details = details;
    this.nextRetryDelay = nextRetryDelay;
    this.category = category;
  }

  /** Makes a failure of an error: its message, its name as type, and the error itself as cause. */
  static fromError(error: Error | unknown, overrides?: ApplicationFailureOptions): ApplicationFailure {
    const failure = ensureApplicationFailure(error);
    Object.assign(failure, overrides);
    return failure;
  }

  /** Makes a failure, by default retryable. */
  static create(options: ApplicationFailureOptions): ApplicationFailure {
    const { message, type, nonRetryable = false, details, nextRetryDelay, cause, category } = options;
    return new this(message, type, nonRetryable, details, cause, nextRetryDelay, category);
  }

  /** Makes a failure that retry policies may try again. */
  static retryable(
    message?: string | null | undefined,
    type?: string | null | undefined,
    ...details: unknown[]
  ): ApplicationFailure {
    return new this(message, type ?? 'Error', false, details);
  }

  /** Makes a failure that is not tried again. */
  static nonRetryable(
    message?: string | null | undefined,
    type?: string | null | undefined,
    ...details: unknown[]
  ): ApplicationFailure {
    return new this(message, type ?? 'Error', true, details);
  }
  static {
    brandError(this, 'ApplicationFailure');
  }
}

/**
 * The failure by which a payload converter or codec says that it understands a payload and refuses what is in it. It is
 * never tried again; as the input of a Nexus operation, it is the caller's mistake.
 *
 * @param details what is wrong, for whoever reads the failure; null and undefined say nothing
 * @example throw createPayloadValidationError({ field: 'amount', reason: 'negative' });
 */
export function createPayloadValidationError(details: unknown): ApplicationFailure {
  return ApplicationFailure.create({
    message: 'Payload validation failed',
    type: 'PayloadValidationError',
    nonRetryable: true,
    details: details === null || details === undefined ? [] : [details],
  });
}

/** A workflow, activity or scope was cancelled. */
export class CancelledFailure extends TemporalFailure {
  readonly details: unknown[];
  constructor(message: string | undefined, details: unknown[] = [], cause?: Error) {
    super(message, cause);
    this.details = details;
  }
  static {
    brandError(this, 'CancelledFailure');
  }
}

/** A workflow was terminated. */
export class TerminatedFailure extends TemporalFailure {
  static {
    brandError(this, 'TerminatedFailure');
  }
}

/** A time limit was exceeded. */
export class TimeoutFailure extends TemporalFailure {
  /** What the last heartbeat carried, for activities. */
  readonly lastHeartbeatDetails: unknown;
  readonly timeoutType: TimeoutType;
  constructor(message: string | undefined, lastHeartbeatDetails: unknown, timeoutType: TimeoutType) {
    super(message);
    this.lastHeartbeatDetails = lastHeartbeatDetails;
    this.timeoutType = timeoutType;
  }
  static {
    brandError(this, 'TimeoutFailure');
  }
}

/** An activity failed for good; `cause` is why. */
export class ActivityFailure extends TemporalFailure {
  readonly activityType: string;
  readonly activityId: string | undefined;
  readonly retryState: RetryState;
  /** The worker that ran the last attempt. */
  readonly identity: string | undefined;
  constructor(
    message: string | undefined,
    activityType: string,
    activityId: string | undefined,
    retryState: RetryState,
    identity: string | undefined,
    cause?: Error,
  ) {
    super(message, cause);
    this.activityType = activityType;
    this.activityId = activityId;
    this.retryState = retryState;
    this.identity = identity;
  }
  static {
    brandError(this, 'ActivityFailure');
  }
}

/** A child workflow failed; `cause` is why. */
export class ChildWorkflowFailure extends TemporalFailure {
  readonly namespace: string | undefined;
  readonly execution: { workflowId?: string | null | undefined; runId?: string | null | undefined };
  readonly workflowType: string;
  readonly retryState: RetryState;
  constructor(
    namespace: string | undefined,
    execution: { workflowId?: string | null | undefined; runId?: string | null | undefined },
    workflowType: string,
    retryState: RetryState,
    cause?: Error,
  ) {
    super('Child Workflow execution failed', cause);
    this.namespace = namespace;
    this.execution = execution;
    this.workflowType = workflowType;
    this.retryState = retryState;
  }
  static {
    brandError(this, 'ChildWorkflowFailure');
  }
}

/** A Nexus operation failed; `cause` is why. */
export class NexusOperationFailure extends TemporalFailure {
  readonly scheduledEventId: number | undefined;
  readonly endpoint: string;
  readonly service: string;
  readonly operation: string;
  readonly operationToken: string | undefined;
  constructor(
    message: string | undefined,
    scheduledEventId: number | undefined,
    endpoint: string,
    service: string,
    operation: string,
    operationToken: string | undefined,
    cause?: Error,
  ) {
    super(message, cause);
    this.scheduledEventId = scheduledEventId;
    this.endpoint = endpoint;
    this.service = service;
    this.operation = operation;
    this.operationToken = operationToken;
  }
  static {
    brandError(this, 'NexusOperationFailure');
  }
}

/** A workflow with this id runs already. */
export class WorkflowExecutionAlreadyStartedError extends TemporalFailure {
  readonly workflowId: string;
  readonly workflowType: string;
  constructor(message: string, workflowId: string, workflowType: string) {
    super(message);
    this.workflowId = workflowId;
    this.workflowType = workflowType;
  }
  static {
    brandError(this, 'WorkflowExecutionAlreadyStartedError');
  }
}

/** The failure itself, or an ApplicationFailure made of any other thrown value. */
export function ensureApplicationFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const { message, type, stack, cause } = describeThrown(error);
  const failure = ApplicationFailure.create({
    message,
    nonRetryable: false,
    ...(type === undefined ? {} : { type }),
    ...(cause === undefined ? {} : { cause }),
  });
  failure.stack = stack;
  return failure;
}

/** The failure itself, or an ApplicationFailure made of any other thrown value. */
export function ensureTemporalFailure(error: unknown): TemporalFailure {
  return error instanceof TemporalFailure ? error : ensureApplicationFailure(error);
}

interface Thrown {
  readonly message: string;
  /** What retry policies know it by: the name of its class. */
  readonly type: string | undefined;
  readonly stack: string;
  readonly cause?: Error;
}

function describeThrown(error: unknown): Thrown {
  if (!isRecord(error)) return { message: String(error), type: undefined, stack: '' };
  const { message, name, stack, cause, constructor } = error;
  const className = isRecord(constructor) ? constructor['name'] : undefined;
  const type = className ?? name;
  return {
    message: String(message) || String(error),
    type: typeof type === 'string' && type !== '' ? type : undefined,
    stack: typeof stack === 'string' ? stack : '',
    ...(isError(cause) ? { cause } : {}),
  };
}

/** The message of the innermost cause of an error, or undefined when `error` is neither an error nor text. */
export function rootCause(error: unknown): string | undefined {
  if (error instanceof TemporalFailure) return error.cause === undefined ? error.message : rootCause(error.cause);
  if (error instanceof Error) return error.message;
  return typeof error === 'string' ? error : undefined;
}

/**
 * True when an error means that something was cancelled: a CancelledFailure, or an activity, child workflow or Nexus
 * operation that failed with one as its cause.
 */
export function isCancellation(error: unknown): boolean {
  if (error instanceof CancelledFailure) return true;
  return (
    (error instanceof ActivityFailure ||
      error instanceof ChildWorkflowFailure ||
      error instanceof NexusOperationFailure) &&
    isCancellation(error.cause)
  );
}

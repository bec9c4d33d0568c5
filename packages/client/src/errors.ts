import { TemporalFailure, brandError, isError } from '@reprise/common';
import type { RetryState } from '@reprise/common';
import { RpcError } from '@reprise/proto';
import { status } from './call/status.ts';

interface CauseOption {
  readonly cause?: unknown;
}

/** A call to the server failed; `cause` is the gRPC error with its code and details. */
export class ServiceError extends Error {
  constructor(message: string, options?: CauseOption) {
    super(message, options);
  }
  static {
    brandError(this, 'ServiceError');
  }
}

/** The workflow whose result was awaited closed without one; `cause` says how. */
export class WorkflowFailedError extends Error {
  override readonly cause: Error | undefined;
  /** Whether the server would have tried again, and why not. */
  readonly retryState: RetryState;
  constructor(message: string, cause: Error | undefined, retryState: RetryState) {
    super(message);
    this.cause = cause;
    this.retryState = retryState;
  }
  static {
    brandError(this, 'WorkflowFailedError');
  }
}

/** An update was rejected by its validator, or its handler threw; `cause` is what was thrown. */
export class WorkflowUpdateFailedError extends Error {
  override readonly cause: Error | undefined;
  constructor(message: string, cause: Error | undefined) {
    super(message);
    this.cause = cause;
  }
  static {
    brandError(this, 'WorkflowUpdateFailedError');
  }
}

/** Waiting for an update ended by a deadline or a cancellation; the update itself goes on. */
export class WorkflowUpdateRPCTimeoutOrCancelledError extends Error {
  constructor(message: string, options?: CauseOption) {
    super(message, options);
  }
  static {
    brandError(this, 'WorkflowUpdateRPCTimeoutOrCancelledError');
  }
}

/** The workflow continued as new, and the handle was told not to follow. */
export class WorkflowContinuedAsNewError extends Error {
  readonly newExecutionRunId: string;
  constructor(message: string, newExecutionRunId: string) {
    super(message);
    this.newExecutionRunId = newExecutionRunId;
  }
  static {
    brandError(this, 'WorkflowExecutionContinuedAsNewError');
  }
}

/** A query was refused because of the state that the workflow is in. */
export class QueryRejectedError extends Error {
  /** The number of the workflow's status on the wire. */
  readonly status: number;
  constructor(status: number) {
    super('Query rejected');
    this.status = status;
  }
  static {
    brandError(this, 'QueryRejectedError');
  }
}

/** The workflow has no handler for the query, or its handler threw. */
export class QueryNotRegisteredError extends Error {
  /** The gRPC code. */
  readonly code: number;
  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
  static {
    brandError(this, 'QueryNotRegisteredError');
  }
}

/** The activity to complete is not known: it is finished, timed out, or its workflow is closed. */
export class ActivityNotFoundError extends Error {
  static {
    brandError(this, 'ActivityNotFoundError');
  }
}

/** A standalone activity with this id runs already. */
export class ActivityExecutionAlreadyStartedError extends Error {
  readonly activityId: string;
  /** The run that has the id; empty when the server does not name it. */
  readonly runId: string;
  constructor(message: string, activityId: string, runId: string) {
    super(message);
    this.activityId = activityId;
    this.runId = runId;
  }
  static {
    brandError(this, 'ActivityExecutionAlreadyStartedError');
  }
}

/** The standalone activity whose result was awaited closed without one; `cause` says how. */
export class ActivityExecutionFailedError extends Error {
  override readonly cause: Error | undefined;
  readonly activityId: string;
  /** Undefined when the latest run was asked for. */
  readonly runId: string | undefined;
  /** Why there was no other attempt. */
  readonly retryState: RetryState | undefined;
  constructor(message: string, cause: Error | undefined, activityId: string, runId?: string) {
    super(message);
    this.cause = cause;
    this.activityId = activityId;
    this.runId = runId;
    this.retryState = undefined;
  }
  static {
    brandError(this, 'ActivityExecutionFailedError');
  }
}

/** The server did not take the completion of an activity. */
export class ActivityCompletionError extends Error {
  constructor(message: string, options?: CauseOption) {
    super(message, options);
  }
  static {
    brandError(this, 'ActivityCompletionError');
  }
}

/** A heartbeat was answered with: this activity is to be cancelled. */
export class ActivityCancelledError extends Error {
  static {
    brandError(this, 'ActivityCancelledError');
  }
}

/** A heartbeat was answered with: this activity is paused. */
export class ActivityPausedError extends Error {
  static {
    brandError(this, 'ActivityPausedError');
  }
}

/** A heartbeat was answered with: this activity was reset. */
export class ActivityResetError extends Error {
  static {
    brandError(this, 'ActivityResetError');
  }
}

/** A task queue does not know the build id. */
export class BuildIdNotFoundError extends Error {
  static {
    brandError(this, 'BuildIdNotFoundError');
  }
}

/** A Nexus operation with this id runs already. */
export class NexusOperationAlreadyStartedError extends Error {
  readonly operationId: string;
  readonly runId: string | undefined;
  constructor(message: string, operationId: string, runId?: string) {
    super(message);
    this.operationId = operationId;
    this.runId = runId;
  }
  static {
    brandError(this, 'NexusOperationAlreadyStartedError');
  }
}

/** No Nexus operation with this id is known. */
export class NexusOperationNotFoundError extends Error {
  readonly operationId: string;
  readonly runId: string | undefined;
  constructor(message: string, operationId: string, runId?: string) {
    super(message);
    this.operationId = operationId;
    this.runId = runId;
  }
  static {
    brandError(this, 'NexusOperationNotFoundError');
  }
}

/** The Nexus operation whose result was awaited closed without one; `cause` says how. */
export class NexusOperationFailureError extends Error {
  override readonly cause: Error | undefined;
  constructor(message: string, cause: Error | undefined) {
    super(message);
    this.cause = cause;
  }
  static {
    brandError(this, 'NexusOperationFailureError');
  }
}

/** A schedule with this id exists already. */
export class ScheduleAlreadyRunning extends Error {
  readonly scheduleId: string;
  constructor(message: string, scheduleId: string) {
    super(message);
    this.scheduleId = scheduleId;
  }
  static {
    brandError(this, 'ScheduleAlreadyRunning');
  }
}

/** No schedule with this id is known. */
export class ScheduleNotFoundError extends Error {
  readonly scheduleId: string;
  constructor(message: string, scheduleId: string) {
    super(message);
    this.scheduleId = scheduleId;
  }
  static {
    brandError(this, 'ScheduleNotFoundError');
  }
}

/** What a gRPC error carries besides its message. */
export interface GrpcServiceError extends Error {
  readonly code: number;
  readonly details: string;
}

/** Whether the error came straight from gRPC. */
export function isGrpcServiceError(error: unknown): error is GrpcServiceError {
  if (error instanceof RpcError) return true;
  return (
    isError(error) &&
    'code' in error &&
    typeof error.code === 'number' &&
    'details' in error &&
    typeof error.details === 'string'
  );
}

/** @deprecated The same as `isGrpcServiceError`. */
export const isServerErrorResponse = isGrpcServiceError;

/** Whether the error, or one of its causes, is a gRPC call that ran past its deadline. */
export function isGrpcDeadlineError(error: unknown): error is Error {
  return hasGrpcCode(error, status.DEADLINE_EXCEEDED);
}

/** Whether the error, or one of its causes, is a gRPC call that was cancelled. */
export function isGrpcCancelledError(error: unknown): error is Error {
  return hasGrpcCode(error, status.CANCELLED);
}

function hasGrpcCode(error: unknown, code: number): boolean {
  for (let current = error; isError(current); current = current.cause) {
    if (isGrpcServiceError(current) && current.code === code) return true;
  }
  return false;
}

/** A failure without the stack of this side: what failed did so elsewhere. */
export function withoutStack<E extends Error>(failure: E): E {
  if (failure instanceof TemporalFailure) failure.stack = '';
  return failure;
}

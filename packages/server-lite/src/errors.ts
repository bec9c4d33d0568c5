/**
 * The errors that the server answers with, as values that know nothing of gRPC: a status code, a message that clients
 * may match on, and at most one detail message. `rpc/status.ts` turns them into the wire's form.
 */
import { StatusCode } from '@reprise/proto';

export { StatusCode };

/** The message that goes into `grpc-status-details-bin`: its full type name, and its fields. */
export interface ErrorDetail {
  readonly type: string;
  readonly value: object;
}

/** A request that the server refuses, for a reason that its caller can understand. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: StatusCode;
  readonly detail: ErrorDetail | undefined;

  constructor(code: StatusCode, message: string, detail?: ErrorDetail, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.detail = detail;
  }
}

const failure = (name: string, value: object = {}): ErrorDetail => ({
  type: `temporal.api.errordetails.v1.${name}`,
  value,
});

export const invalidArgument = (message: string) => new ServiceError(StatusCode.INVALID_ARGUMENT, message);
export const failedPrecondition = (message: string) => new ServiceError(StatusCode.FAILED_PRECONDITION, message);
export const unimplemented = (message: string) => new ServiceError(StatusCode.UNIMPLEMENTED, message);
export const unavailable = (message: string, options?: ErrorOptions) =>
  new ServiceError(StatusCode.UNAVAILABLE, message, undefined, options);
export const deadlineExceeded = (message: string) => new ServiceError(StatusCode.DEADLINE_EXCEEDED, message);
export const alreadyExists = (message: string) => new ServiceError(StatusCode.ALREADY_EXISTS, message);
export const unauthenticated = (message: string) => new ServiceError(StatusCode.UNAUTHENTICATED, message);

/** NOT_FOUND with NotFoundFailure, which clients need to tell a missing workflow from a missing method. */
export const notFound = (message: string) =>
  new ServiceError(StatusCode.NOT_FOUND, message, failure('NotFoundFailure'));

export const permissionDenied = (message: string, reason?: string) =>
  new ServiceError(
    StatusCode.PERMISSION_DENIED,
    message,
    failure('PermissionDeniedFailure', reason === undefined ? {} : { reason }),
  );

export const namespaceNotFound = (namespace: string) =>
  new ServiceError(
    StatusCode.NOT_FOUND,
    `Namespace ${namespace} is not found.`,
    failure('NamespaceNotFoundFailure', { namespace }),
  );

export const namespaceInvalidState = (options: {
  namespace: string;
  state: number;
  allowedStates: number[];
  message: string;
}) =>
  new ServiceError(
    StatusCode.FAILED_PRECONDITION,
    options.message,
    failure('NamespaceInvalidStateFailure', {
      namespace: options.namespace,
      state: options.state,
      allowedStates: options.allowedStates,
    }),
  );

export const workflowAlreadyStarted = (message: string, detail: { startRequestId?: string; runId?: string } = {}) =>
  new ServiceError(StatusCode.ALREADY_EXISTS, message, failure('WorkflowExecutionAlreadyStartedFailure', detail));

export const activityAlreadyStarted = (detail: { startRequestId: string; runId: string }) =>
  new ServiceError(
    StatusCode.ALREADY_EXISTS,
    'activity execution already started',
    failure('ActivityExecutionAlreadyStartedFailure', detail),
  );

export const workflowNotReady = (message: string) =>
  new ServiceError(StatusCode.FAILED_PRECONDITION, message, failure('WorkflowNotReadyFailure'));

/** A worker's negative answer to a query; `queryFailure` is a temporal.api.failure.v1.Failure. */
export const queryFailed = (message: string, queryFailure?: object) =>
  new ServiceError(
    StatusCode.INVALID_ARGUMENT,
    message,
    failure('QueryFailedFailure', queryFailure === undefined ? {} : { failure: queryFailure }),
  );

/** `cause` is a ResourceExhaustedCause, `scope` a ResourceExhaustedScope (1 namespace, 2 system). */
export const resourceExhausted = (message: string, options: { cause: number; scope?: number }) =>
  new ServiceError(
    StatusCode.RESOURCE_EXHAUSTED,
    message,
    failure('ResourceExhaustedFailure', { cause: options.cause, scope: options.scope ?? 1 }),
  );

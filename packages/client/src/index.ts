export {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  NamespaceNotFoundError,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
  ValueError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  defaultPayloadConverter,
} from '@reprise/common';
export type { CallContext } from './call/call-context.ts';
export { defaultGrpcRetryOptions, isRetryableError } from './call/retry.ts';
export type { BackoffOptions, GrpcRetryOptions } from './call/retry.ts';
export type { RawService } from './call/service.ts';
export { Client } from './client.ts';
export type { ClientInterceptors, ClientOptions, LoadedClientOptions } from './client.ts';
export { Connection } from './connection.ts';
export type { ConnectionLike } from './connection.ts';
export { LOCAL_TARGET } from './connection-options.ts';
export type { ConnectionOptions, ConnectionOptionsWithDefaults, Metadata, TLSConfig } from './connection-options.ts';
export {
  ActivityCancelledError,
  ActivityCompletionError,
  ActivityNotFoundError,
  ActivityPausedError,
  ActivityResetError,
  QueryNotRegisteredError,
  QueryRejectedError,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ServiceError,
  WorkflowContinuedAsNewError,
  WorkflowFailedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
} from './errors.ts';
export { WorkflowClient } from './workflow/workflow-client.ts';
export type { GetWorkflowHandleOptions, WorkflowClientOptions } from './workflow/workflow-client.ts';
export type {
  WorkflowHandle,
  WorkflowHandleWithFirstExecutionRunId,
  WorkflowHandleWithSignaledRunId,
  WorkflowHandleWithStartDetails,
} from './workflow/workflow-handle.ts';
export type { WorkflowClientInterceptor } from './workflow/interceptors.ts';
export { WorkflowUpdateStage } from './workflow/update-workflow.ts';
export { compileWorkflowOptions } from './workflow/workflow-options.ts';

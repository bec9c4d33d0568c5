export { nexusCall } from './call/nexus-call.ts';
export { PayloadStore } from './external-storage/payload-store.ts';
export type { NexusCall, NexusCallAnswer, WithNexusCall } from './call/nexus-call.ts';
export {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  CompleteAsyncError,
  ExternalStorageNotConfiguredError,
  HandlerUnfinishedPolicy,
  IllegalStateError,
  NamespaceNotFoundError,
  PayloadConverterError,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
  ValueError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  decodeWorkflowIdConflictPolicy,
  decodeWorkflowIdReusePolicy,
  defaultPayloadConverter,
  encodeWorkflowIdConflictPolicy,
  encodeWorkflowIdReusePolicy,
  extractWorkflowType,
  extractWorkflowTypeAndConfig,
} from '@reprise/common';
export type {
  ActivityFunction,
  BaseWorkflowHandle,
  BaseWorkflowOptions,
  CommonWorkflowOptions,
  DataConverter,
  Headers,
  Next,
  Payload,
  ProtoFailure,
  QueryDefinition,
  QueryDefinitionOptions,
  RetryPolicy,
  SignalDefinition,
  SignalDefinitionOptions,
  SignalTypeInfo,
  UntypedActivities,
  UpdateDefinition,
  UpdateDefinitionOptions,
  WithWorkflowArgs,
  Workflow,
  WorkflowDurationOptions,
  WorkflowExecution,
  WorkflowQueryAnnotatedType,
  WorkflowQueryOptions,
  WorkflowQueryType,
  WorkflowResultType,
  WorkflowReturnType,
  WorkflowSignalAnnotatedType,
  WorkflowSignalOptions,
  WorkflowSignalType,
  WorkflowTypeOptions,
  WorkflowUpdateAnnotatedType,
  WorkflowUpdateType,
  WorkflowUpdateValidatorType,
} from '@reprise/common';
export { RpcError } from '@reprise/proto';
export { HealthService, OperatorService, TestService, WorkflowService } from './services.ts';
export type {
  GetWorkflowExecutionHistoryRequest,
  RequestCancelWorkflowExecutionResponse,
  StartWorkflowExecutionRequest,
  TerminateWorkflowExecutionResponse,
} from './wire-types.ts';
export type { Transport } from '@reprise/proto';
export { ActivityClient } from './activity/activity-client.ts';
export type {
  ActivityClientOptions,
  GetActivityHandleOptions,
  TypedActivityClient,
} from './activity/activity-client.ts';
export {
  ActivityExecutionStatus,
  ActivityIdConflictPolicy,
  ActivityIdReusePolicy,
  PendingActivityState,
  decodeActivityExecutionStatus,
  decodeActivityIdConflictPolicy,
  decodeActivityIdReusePolicy,
  decodePendingActivityState,
  encodeActivityExecutionStatus,
  encodeActivityIdConflictPolicy,
  encodeActivityIdReusePolicy,
  encodePendingActivityState,
} from './activity/activity-enums.ts';
export type {
  ActivityCancelInput,
  ActivityClientInterceptor,
  ActivityCountInput,
  ActivityDescribeInput,
  ActivityGetResultInput,
  ActivityListInput,
  ActivityPauseInput,
  ActivityRestoreOriginalOptionsInput,
  ActivityStartInput,
  ActivityTerminateInput,
  ActivityUnpauseInput,
  ActivityUpdateOptionsInput,
} from './activity/activity-interceptor.ts';
export type { ActivityInterface } from '@reprise/common';

export type {
  ActivityArgs,
  ActivityDescribeOptions,
  ActivityExecutionDescription,
  ActivityExecutionInfo,
  ActivityHandle,
  ActivityName,
  ActivityOptions,
  ActivityOptionsFor,
  ActivityOptionsUpdate,
  ActivityOptionsWithArgs,
  ActivityResult,
  ActivityOptionsUpdateResult,
  ActivityPauseOptions,
  ActivityTarget,
  ActivityUnpauseOptions,
  CountActivityExecutions,
  RawActivityExecutionCallbacks,
  RawActivityExecutionInfo,
  RawActivityExecutionListInfo,
} from './activity/activity-options.ts';
export { AsyncCompletionClient } from './async-completion-client.ts';
export type {
  AsyncCompletionClientOptions,
  AsyncCompletionCompleteOptions,
  AsyncCompletionOperationOptions,
  FullActivityId,
  LoadedAsyncCompletionClientOptions,
} from './async-completion-client.ts';
export type { CallContext } from './call/call-context.ts';
export { makeGrpcRetryInterceptor } from './call/grpc-retry-interceptor.ts';
export { defaultGrpcRetryOptions, isRetryableError } from './call/retry.ts';
export type { BackoffOptions, GrpcRetryOptions, RetryableFailure } from './call/retry.ts';
export type { RawService } from './call/service.ts';
export { Client } from './client.ts';
export type { ClientInterceptors, ClientOptions, LoadedClientOptions } from './client.ts';
export type { BaseClientOptions, LoadedBaseClientOptions } from './client-options.ts';
export { Connection } from './connection.ts';
export type {
  ConnectionLike,
  RawHealthService,
  RawOperatorService,
  RawTestService,
  RawWorkflowService,
} from './connection.ts';
export { LOCAL_TARGET } from './connection-options.ts';
export type {
  ConnectionOptions,
  ConnectionOptionsWithDefaults,
  GrpcCompressionConfig,
  HttpConnectProxyConfig,
  Metadata,
  PayloadLimitsConfig,
  TLSConfig,
} from './connection-options.ts';
export { EagerStarts } from './eager-starts.ts';
export type { EagerSlot, OfferEagerSlot } from './eager-starts.ts';
export {
  ActivityCancelledError,
  ActivityCompletionError,
  ActivityExecutionAlreadyStartedError,
  ActivityExecutionFailedError,
  ActivityNotFoundError,
  ActivityPausedError,
  ActivityResetError,
  BuildIdNotFoundError,
  NexusOperationAlreadyStartedError,
  NexusOperationFailureError,
  NexusOperationNotFoundError,
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
  isServerErrorResponse,
} from './errors.ts';
export type { GrpcServiceError } from './errors.ts';
export { NexusClient } from './nexus/nexus-client.ts';
export type { LoadedNexusClientOptions, NexusClientOptions, NexusServiceClient } from './nexus/nexus-client.ts';
export {
  NexusOperationCancellationState,
  NexusOperationExecutionStatus,
  NexusOperationIdConflictPolicy,
  NexusOperationIdReusePolicy,
  PendingNexusOperationState,
  decodeNexusOperationCancellationState,
  decodeNexusOperationExecutionStatus,
  decodeNexusOperationIdConflictPolicy,
  decodeNexusOperationIdReusePolicy,
  decodePendingNexusOperationState,
  encodeNexusOperationCancellationState,
  encodeNexusOperationExecutionStatus,
  encodeNexusOperationIdConflictPolicy,
  encodeNexusOperationIdReusePolicy,
  encodePendingNexusOperationState,
} from './nexus/nexus-enums.ts';
export type {
  CancelNexusOperationInput,
  CountNexusOperationsInput,
  DescribeNexusOperationInput,
  GetNexusOperationResultInput,
  ListNexusOperationsInput,
  NexusClientInterceptor,
  StartNexusOperationInput,
  TerminateNexusOperationInput,
} from './nexus/nexus-interceptor.ts';
export type {
  DescribeNexusOperationOptions,
  GetNexusOperationHandleOptions,
  ListNexusOperationsOptions,
  NexusOperationExecution,
  NexusOperationExecutionCancellationInfo,
  NexusOperationExecutionCount,
  NexusOperationExecutionCountGroup,
  NexusOperationExecutionDescription,
  NexusOperationHandle,
  RawNexusOperationExecutionCancellationInfo,
  RawNexusOperationExecutionInfo,
  RawNexusOperationExecutionListInfo,
  StartNexusOperationOptions,
} from './nexus/nexus-options.ts';
export type { ClientPlugin, ConnectionPlugin } from './plugin.ts';
export {
  ScheduleOverlapPolicy,
  decodeScheduleOverlapPolicy,
  encodeScheduleOverlapPolicy,
} from './schedule/overlap-policy.ts';
export { ScheduleClient } from './schedule/schedule-client.ts';
export type {
  ListScheduleOptions,
  LoadedScheduleClientOptions,
  ScheduleClientOptions,
} from './schedule/schedule-client.ts';
export type { ScheduleHandle } from './schedule/schedule-handle.ts';
export type {
  Backfill,
  CompiledScheduleAction,
  CompiledScheduleOptions,
  CompiledScheduleUpdateOptions,
  CreateScheduleInput,
  CreateScheduleOutput,
  ScheduleClientInterceptor,
  ScheduleDescription,
  ScheduleDescriptionAction,
  ScheduleDescriptionStartWorkflowAction,
  ScheduleExecutionActionResult,
  ScheduleExecutionResult,
  ScheduleExecutionStartWorkflowActionResult,
  ScheduleOptions,
  ScheduleOptionsAction,
  ScheduleOptionsStartWorkflowAction,
  ScheduleSummary,
  ScheduleSummaryAction,
  ScheduleSummaryStartWorkflowAction,
  ScheduleUpdateOptions,
} from './schedule/schedule-options.ts';
export { DAYS_OF_WEEK, MONTHS } from './schedule/schedule-spec.ts';
export type {
  CalendarSpec,
  CalendarSpecDescription,
  DayOfWeek,
  IntervalSpec,
  IntervalSpecDescription,
  LooseRange,
  Month,
  Range,
  ScheduleSpec,
  ScheduleSpecDescription,
} from './schedule/schedule-spec.ts';
export {
  ReachabilityType,
  TaskQueueClient,
  UnversionedBuildId,
  decodeTaskReachability,
  encodeTaskReachability,
  reachabilityResponseFromProto,
} from './task-queue/task-queue-client.ts';
export type {
  AddNewCompatibleVersion,
  AddNewIdInNewDefaultSet,
  BuildIdOperation,
  BaseReachabilityOptions,
  BuildIdReachability,
  BuildIdVersionSet,
  LoadedTaskQueueClientOptions,
  MergeSets,
  PromoteBuildIdWithinSet,
  PromoteSetByBuildId,
  ReachabilityOptions,
  ReachabilityResponse,
  ReachabilityTypeResponse,
  TaskQueueClientOptions,
  UnversionedBuildIdType,
  WorkerBuildIdVersionSets,
} from './task-queue/task-queue-client.ts';
export type {
  TargetExecution,
  WorkflowCancelInput,
  WorkflowClientCallsInterceptor,
  WorkflowClientCallsInterceptorFactory,
  WorkflowClientCallsInterceptorFactoryInput,
  WorkflowClientInterceptor,
  WorkflowClientInterceptors,
  WorkflowDescribeInput,
  WorkflowQueryInput,
  WorkflowSignalInput,
  WorkflowSignalWithStartInput,
  WorkflowStartInput,
  WorkflowStartOutput,
  WorkflowStartUpdateInput,
  WorkflowStartUpdateOutput,
  WorkflowStartUpdateWithStartInput,
  WorkflowStartUpdateWithStartOutput,
  WorkflowTerminateInput,
} from './workflow/interceptors.ts';
export type {
  AsyncWorkflowListIterable,
  CountWorkflowExecution,
  HistoryAndWorkflowId,
  IntoHistoriesOptions,
  ListOptions,
} from './workflow/list-workflows.ts';
export {
  QueryRejectCondition,
  decodeQueryRejectCondition,
  encodeQueryRejectCondition,
} from './workflow/query-reject-condition.ts';
export type { WorkflowUpdateHandle } from './workflow/update-handle.ts';
export { WorkflowUpdateStage } from './workflow/update-workflow.ts';
export { WithStartWorkflowOperation } from './workflow/with-start-operation.ts';
export type { WithStartOptions } from './workflow/with-start-operation.ts';
export { WorkflowClient } from './workflow/workflow-client.ts';
export type {
  GetWorkflowHandleOptions,
  LoadedWorkflowClientOptions,
  WorkflowClientOptions,
} from './workflow/workflow-client.ts';
export type {
  StartUpdateOptions,
  UpdateOptionsWithArgs,
  WorkflowHandle,
  WorkflowHandleWithFirstExecutionRunId,
  WorkflowHandleWithSignaledRunId,
  WorkflowHandleWithStartDetails,
  GetWorkflowUpdateHandleOptions,
  WorkflowUpdateOptions,
} from './workflow/workflow-handle.ts';
export type {
  DescribeWorkflowExecutionResponse,
  RawWorkflowExecutionInfo,
  WorkflowExecutionDescription,
  WorkflowExecutionInfo,
  WorkflowExecutionStatusName,
} from './workflow/workflow-info.ts';
export { compileWorkflowOptions } from './workflow/workflow-options.ts';
export type {
  CompiledWorkflowOptions,
  WithCompiledWorkflowOptions,
  WorkflowOptions,
  WorkflowSignalWithStartOptions,
  WorkflowSignalWithStartOptionsWithArgs,
  WorkflowSignalWithStartOptionsWithoutArgs,
  WorkflowStartOptions,
} from './workflow/workflow-options.ts';
export type { WorkflowResultOptions } from './workflow/workflow-result.ts';

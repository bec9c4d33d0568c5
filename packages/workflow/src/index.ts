export {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  CompleteAsyncError,
  decodeActivityCancellationType,
  decodeWorkflowIdConflictPolicy,
  decodeWorkflowIdReusePolicy,
  defaultPayloadConverter,
  defineSearchAttributeKey,
  encodeActivityCancellationType,
  encodeWorkflowIdConflictPolicy,
  encodeWorkflowIdReusePolicy,
  ExternalStorageNotConfiguredError,
  extractWorkflowType,
  extractWorkflowTypeAndConfig,
  HandlerUnfinishedPolicy,
  IllegalStateError,
  InitialVersioningBehavior,
  isCancellation,
  NamespaceNotFoundError,
  NexusOperationFailure,
  PayloadConverterError,
  rootCause,
  SearchAttributeType,
  ServerFailure,
  SuggestContinueAsNewReason,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
  TypedSearchAttributes,
  ValueError,
  VersioningBehavior,
  VersioningIntent,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
} from '@reprise/common';
export type {
  ActivityFunction,
  ActivityDefinitionOptions,
  ActivityInterface,
  ActivityTypeInfoMap,
  BaseWorkflowHandle,
  BaseWorkflowOptions,
  ApplicationFailureOptions,
  CommonWorkflowOptions,
  Duration,
  Headers,
  Logger,
  LogLevel,
  LogMetadata,
  MetricMeter,
  MetricTags,
  Next,
  Payload,
  PayloadConverter,
  PayloadTypeInfo,
  Priority,
  ProtoFailure,
  QueryDefinition,
  QueryDefinitionOptions,
  RetryPolicy,
  SearchAttributePair,
  SearchAttributes,
  SearchAttributeUpdatePair,
  SearchAttributeValue,
  SignalDefinition,
  SignalDefinitionOptions,
  SignalTypeInfo,
  StringValue,
  TypeInfo,
  UntypedActivities,
  UpdateDefinition,
  UpdateDefinitionOptions,
  WithWorkflowArgs,
  Workflow,
  WorkflowDefinitionConfig,
  WorkflowDefinitionOptions,
  WorkflowDefinitionOptionsOrGetter,
  WorkflowDurationOptions,
  WorkflowExecution,
  WorkflowQueryOptions,
  WorkflowQueryType,
  WorkflowResultType,
  WorkflowReturnType,
  WorkflowSignalOptions,
  WorkflowSignalType,
  WorkflowTypeOptions,
  WorkflowUpdateType,
  WorkflowUpdateValidatorType,
} from '@reprise/common';
export { NotAnActivityMethod, proxyActivities, scheduleActivity } from './api/activities.ts';
export type { ActivityFunctionWithOptions, ActivityInterfaceFor, ActivityProxyOptions } from './api/activities.ts';
export {
  enhancedStackTraceQuery,
  stackTraceQuery,
  workflowMetadataQuery,
  type EnhancedStackTrace,
  type StackTrace,
  type StackTraceFileLocation,
  type StackTraceFileSlice,
  type StackTraceSDKInfo,
  type WorkflowMetadataJson,
} from './api/built-in-query-definitions.ts';
export { CancellationScope } from './api/cancellation-scope.ts';
export type { CancellationScopeOptions } from './api/cancellation-scope.ts';
export { addDefaultWorkflowOptions, executeChild, startChild } from './api/child-workflow.ts';
export type { ChildWorkflowHandle } from './api/child-workflow.ts';
export {
  ChildWorkflowCancellationType,
  decodeChildWorkflowCancellationType,
  decodeParentClosePolicy,
  encodeChildWorkflowCancellationType,
  encodeParentClosePolicy,
  ParentClosePolicy,
} from './api/child-workflow-options.ts';
export type { ChildWorkflowOptions, ChildWorkflowOptionsWithDefaults } from './api/child-workflow-options.ts';
export { condition } from './api/condition.ts';
export { continueAsNew, makeContinueAsNewFunc } from './api/continue-as-new.ts';
export { ContinueAsNew } from './api/continue-as-new-error.ts';
export type { ContinueAsNewOptions } from './api/continue-as-new-error.ts';
export { defineQuery, defineSignal, defineUpdate } from './api/definitions.ts';
export type { EventGroupMarker } from './api/event-group-marker.ts';
export { createEventGroup, type EventGroupOptions } from './api/event-groups.ts';
export { getExternalWorkflowHandle } from './api/external-workflow.ts';
export type { ExternalWorkflowHandle } from './api/external-workflow.ts';
export type {
  ActivateInput,
  ActivityInput,
  ActivityOptions,
  ConcludeActivationInput,
  ConcludeActivationOutput,
  ContinueAsNewInput,
  ContinueAsNewInputOptions,
  DisposeInput,
  GetLogAttributesInput,
  GetMetricTagsInput,
  LocalActivityInput,
  LocalActivityOptions,
  QueryInput,
  SignalInput,
  SignalWorkflowInput,
  StartChildWorkflowExecutionInput,
  StartNexusOperationInput,
  StartNexusOperationOptions,
  StartNexusOperationOutput,
  TimerInput,
  TimerOptions,
  UpdateInput,
  WorkflowExecuteInput,
  WorkflowInboundCallsInterceptor,
  WorkflowInterceptors,
  WorkflowInterceptorsFactory,
  WorkflowInternalsInterceptor,
  WorkflowOutboundCallsInterceptor,
} from './api/interceptors.ts';
export { proxyLocalActivities, scheduleLocalActivity } from './api/local-activities.ts';
export type {
  LocalActivityFunctionWithOptions,
  LocalActivityInterfaceFor,
  LocalActivityProxyOptions,
} from './api/local-activities.ts';
export { log } from './api/log.ts';
export { metricMeter } from './api/metric-meter.ts';
export { getActivator, type Activator } from './api/activator.ts';
export { SdkFlags, type LanguageFlag, type RecordedSdk } from './run/run-flags.ts';
export {
  createNexusServiceClient,
  type NexusOperationHandle,
  type NexusServiceClient,
  type NexusServiceClientOptions,
} from './api/nexus-client.ts';
export { NexusOperationCancellationType } from './api/nexus-options.ts';
export { deprecatePatch, patched } from './api/patched.ts';
export { getRandomStream, workflowRandom, type WorkflowRandomStream } from './api/random-streams.ts';
export { getCurrentDetails, inWorkflowContext, setCurrentDetails, uuid4, workflowInfo } from './api/run-info.ts';
export {
  allHandlersFinished,
  setDefaultQueryHandler,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from './api/set-handler.ts';
export type {
  DefaultQueryHandler,
  DefaultSignalHandler,
  DefaultUpdateHandler,
  QueryHandlerOptions,
  SignalHandlerOptions,
  UpdateHandlerOptions,
} from './api/set-handler.ts';
export { proxySinks } from './api/sinks.ts';
export type { LoggerSinks, Sink, SinkFunction, Sinks } from './api/sinks.ts';
export { sleep } from './api/sleep.ts';
export { Trigger } from './api/trigger.ts';
export { currentUpdateInfo } from './api/update-info.ts';
export type { UpdateInfo } from './api/update-info.ts';
export { upsertMemo, upsertSearchAttributes } from './api/upsert.ts';
export { defineWorkflowOptions, setWorkflowOptions } from './api/workflow-options.ts';
export { DeterminismViolationError, WorkflowError } from './run/errors.ts';
export { LocalActivityDoBackoff } from './run/local-activity-backoff.ts';
export { AsyncLocalStorage } from './scope/async-local-storage.ts';
export type { SinkCall } from './intents.ts';
export type {
  ParentWorkflowInfo,
  RootWorkflowInfo,
  UnsafeRandomSource,
  UnsafeWorkflowInfo,
  WorkflowInfo,
} from './run/workflow-info.ts';

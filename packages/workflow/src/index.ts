export {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  defaultPayloadConverter,
  defineSearchAttributeKey,
  HandlerUnfinishedPolicy,
  IllegalStateError,
  InitialVersioningBehavior,
  isCancellation,
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
  WorkflowIdReusePolicy,
} from '@reprise/common';
export type {
  ActivityFunction,
  ActivityInterface,
  ActivityOptions,
  BaseWorkflowHandle,
  BaseWorkflowOptions,
  CommonWorkflowOptions,
  Headers,
  LocalActivityOptions,
  Next,
  Payload,
  PayloadConverter,
  Priority,
  QueryDefinition,
  RetryPolicy,
  SearchAttributePair,
  SearchAttributes,
  SearchAttributeUpdatePair,
  SearchAttributeValue,
  SignalDefinition,
  UntypedActivities,
  UpdateDefinition,
  WithWorkflowArgs,
  Workflow,
  WorkflowQueryType,
  WorkflowResultType,
  WorkflowReturnType,
  WorkflowSignalType,
  WorkflowUpdateType,
  WorkflowUpdateValidatorType,
} from '@reprise/common';
export { proxyActivities, scheduleActivity } from './api/activities.ts';
export type { ActivityInterfaceFor, ActivityProxyOptions } from './api/activities.ts';
export { CancellationScope } from './api/cancellation-scope.ts';
export type { CancellationScopeOptions } from './api/cancellation-scope.ts';
export { executeChild, startChild } from './api/child-workflow.ts';
export type { ChildWorkflowHandle } from './api/child-workflow.ts';
export { ChildWorkflowCancellationType, ParentClosePolicy } from './api/child-workflow-options.ts';
export type { ChildWorkflowOptions, ChildWorkflowOptionsWithDefaults } from './api/child-workflow-options.ts';
export { condition } from './api/condition.ts';
export { continueAsNew, makeContinueAsNewFunc } from './api/continue-as-new.ts';
export { ContinueAsNew } from './api/continue-as-new-error.ts';
export type { ContinueAsNewOptions } from './api/continue-as-new-error.ts';
export { defineQuery, defineSignal, defineUpdate } from './api/definitions.ts';
export { getExternalWorkflowHandle } from './api/external-workflow.ts';
export type { ExternalWorkflowHandle } from './api/external-workflow.ts';
export type {
  ActivateInput,
  ActivityInput,
  ConcludeActivationInput,
  ConcludeActivationOutput,
  ContinueAsNewInput,
  ContinueAsNewInputOptions,
  DisposeInput,
  GetLogAttributesInput,
  GetMetricTagsInput,
  LocalActivityInput,
  QueryInput,
  SignalInput,
  SignalWorkflowInput,
  StartChildWorkflowExecutionInput,
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
export type { LocalActivityInterfaceFor, LocalActivityProxyOptions } from './api/local-activities.ts';
export { log } from './api/log.ts';
export { deprecatePatch, patched } from './api/patched.ts';
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
  UpdateHandlerOptions,
} from './api/set-handler.ts';
export { proxySinks } from './api/sinks.ts';
export type { Sink, SinkFunction, Sinks } from './api/sinks.ts';
export { sleep } from './api/sleep.ts';
export { Trigger } from './api/trigger.ts';
export { currentUpdateInfo } from './api/update-info.ts';
export type { UpdateInfo } from './api/update-info.ts';
export { upsertMemo, upsertSearchAttributes } from './api/upsert.ts';
export { setWorkflowOptions } from './api/workflow-options.ts';
export { DeterminismViolationError, WorkflowError } from './run/errors.ts';
export type {
  ParentWorkflowInfo,
  RootWorkflowInfo,
  UnsafeRandomSource,
  UnsafeWorkflowInfo,
  WorkflowInfo,
} from './run/workflow-info.ts';

export {
  isActivityFunctionWithOptions,
  type ActivityDefinitionOptions,
  type ActivityFunctionWithOptions,
  type ActivityTypeInfoMap,
} from './activity-definition-options.ts';
export {
  ActivityCancellationDetails,
  type ActivityCancellationDetailsOptions,
} from './activity-cancellation-details.ts';
export {
  ActivityCancellationType,
  decodeActivityCancellationType,
  encodeActivityCancellationType,
  type ActivityOptions,
  type LocalActivityOptions,
} from './activity-options.ts';
export { decodeBase64, encodeBase64 } from './base64.ts';
export { brandError, isError, isRecord } from './brand.ts';
export {
  ENHANCED_STACK_TRACE_QUERY,
  isInternalName,
  METADATA_QUERY,
  refuseReservedForDefault,
  refuseReservedName,
  STACK_TRACE_QUERY,
} from './reserved-names.ts';
export { checkSpelling, meantBy } from './check-spelling.ts';
export { checkOption, checkOptions, describeOption, withOptionNames, type OptionKind } from './check-options.ts';
export {
  decodeFailure,
  decodeFailureToError,
  decodeFromPayload,
  decodeFromPayloads,
  decodeFromPayloadsAtIndex,
  decodeMapFromPayloads,
  decodeOptionalFailureToOptionalError,
  decodePayload,
  decodePayloads,
  encodeErrorToFailure,
  encodeFailure,
  encodeMapToPayloads,
  encodePayload,
  encodePayloads,
  encodeToPayload,
  encodeToPayloads,
  encodeToPayloadsOfTypes,
} from './converter/coded.ts';
export {
  dataConverterWithContext,
  defaultDataConverter,
  failureConverterOf,
  loadDataConverter,
  payloadConverterOf,
  type DataConverter,
  type LoadedDataConverter,
} from './converter/data-converter.ts';
export {
  BinaryPayloadConverter,
  DefaultPayloadConverter,
  defaultPayloadConverter,
  encodingKeys,
  isUint8Array,
  JsonPayloadConverter,
  UndefinedPayloadConverter,
} from './converter/default-payload-converter.ts';
export {
  ExternalStorage,
  StorageDriverClaim,
  type StorageDriver,
  type StorageDriverActivityInfo,
  type StorageDriverRetrieveContext,
  type StorageDriverSelectContext,
  type StorageDriverSelector,
  type StorageDriverStoreContext,
  type StorageDriverTargetInfo,
  type StorageDriverWorkflowInfo,
} from './converter/external-storage.ts';
export {
  DefaultFailureConverter,
  defaultFailureConverter,
  type DefaultEncodedFailureAttributes,
  type DefaultFailureConverterOptions,
  type FailureConverter,
} from './converter/failure-converter.ts';
export { fromWallFailure, mapFailurePayloads, toWallFailure } from './converter/failure-payloads.ts';
export type { PayloadCodec } from './converter/payload-codec.ts';
export { failureConverterInContext, payloadCodecInContext } from './converter/in-context.ts';
export {
  CompositePayloadConverter,
  type PayloadConverter,
  type PayloadConverterWithEncoding,
} from './converter/payload-converter.ts';
export {
  encodingTypes,
  METADATA_ENCODING_KEY,
  METADATA_MESSAGE_TYPE_KEY,
  type EncodingType,
} from './converter/payload-encodings.ts';
export { decodeStorageReference, encodeStorageReference, isStorageReference } from './converter/storage-reference.ts';
export { payloadConverterInContext } from './converter/payload-converter-in-context.ts';
export { RawValue, rawPayloadTypeBrand, rawValueTypeInfo } from './converter/raw-value.ts';
export type {
  ActivitySerializationContext,
  SerializationContext,
  WorkflowSerializationContext,
} from './converter/serialization-context.ts';
export {
  arrayFromPayloads,
  convertOptionalToPayload,
  fromPayloadsAtIndex,
  fromPayloadWithTypeInfo,
  mapFromPayloads,
  mapToPayloads,
  ofArgument,
  refuseUnsendable,
  toPayloads,
  toPayloadsWithContext,
  toPayloadWithTypeInfo,
} from './converter/typed-payloads.ts';
export type { ConverterHint, PayloadTypeInfo, TransferTypeConverter, TypeInfo } from './type-info.ts';
export {
  decodeSearchAttributes,
  decodeTypedSearchAttributes,
  encodeSearchAttributes,
  encodeTypedSearchAttributes,
  encodeUnifiedSearchAttributes,
  searchAttributeTypeOf,
} from './converter/search-attribute-payloads.ts';
export { valueFromText, valueToText } from './value-text.ts';
export { fromWallPayload, toWallPayload, valueToWall, wallToValue } from './converter/wall-payload.ts';
export {
  HandlerUnfinishedPolicy,
  type ActivityFunction,
  type ActivityInterface,
  type BaseWorkflowHandle,
  type HistoryAndWorkflowId,
  type QueryDefinition,
  type QueryDefinitionOptions,
  type SignalDefinition,
  type SignalDefinitionOptions,
  type SignalTypeInfo,
  type UntypedActivities,
  type UpdateDefinition,
  type UpdateDefinitionOptions,
  type WithWorkflowArgs,
  type Workflow,
  type WorkflowExecution,
  type WorkflowQueryAnnotatedType,
  type WorkflowQueryOptions,
  type WorkflowQueryType,
  type WorkflowResultType,
  type WorkflowReturnType,
  type WorkflowSignalAnnotatedType,
  type WorkflowSignalOptions,
  type WorkflowSignalType,
  type WorkflowUpdateAnnotatedType,
  type WorkflowUpdateType,
  type WorkflowUpdateValidatorType,
} from './definitions.ts';
export {
  msNumberToTs,
  msOptionalToNumber,
  msOptionalToTs,
  msToNumber,
  msToTs,
  optionalDateToTs,
  optionalTsToDate,
  optionalTsToMs,
  requiredTsToDate,
  requiredTsToMs,
  tsToDate,
  tsToMs,
  type Duration,
  type StringValue,
  type Timestamp,
} from './duration.ts';
export { enumCodec, type EnumCodec } from './enum-codec.ts';
export {
  CompleteAsyncError,
  ExternalStorageNotConfiguredError,
  IllegalStateError,
  NamespaceNotFoundError,
  PayloadConverterError,
  ValueError,
  WorkflowNotFoundError,
} from './errors.ts';
export {
  ApplicationFailureCategory,
  decodeApplicationFailureCategory,
  decodeRetryState,
  decodeTimeoutType,
  encodeApplicationFailureCategory,
  encodeRetryState,
  encodeTimeoutType,
  FAILURE_SOURCE,
  RetryState,
  TimeoutType,
} from './failure-enums.ts';
export type { FailureShape, PlainDuration, WallFailure } from './failure-shape.ts';
export {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  createPayloadValidationError,
  ensureApplicationFailure,
  ensureTemporalFailure,
  isCancellation,
  NexusOperationFailure,
  rootCause,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
  WorkflowExecutionAlreadyStartedError,
  type ApplicationFailureOptions,
  type ProtoFailure,
} from './failure.ts';
export { composeInterceptors, type Headers, type Next } from './interceptor-chain.ts';
export { invariant, InvariantError } from './invariant.ts';
export {
  LoggerWithComposedMetadata,
  SdkComponent,
  type Logger,
  type LogLevel,
  type LogMetadata,
  type LogMetaOrFunc,
} from './logger.ts';
export { defineMachine, InvalidTransitionError, stay, to } from './machine.ts';
export type { Machine, MachineTable, Tagged, Transition } from './machine.ts';
export {
  meterTo,
  MetricMeterWithComposedTags,
  noopMetricMeter,
  type Measurement,
  type Metric,
  type MetricCounter,
  type MetricGauge,
  type MetricHistogram,
  type MetricKind,
  type MetricMeter,
  type MetricTags,
  type MetricTagsOrFunc,
  type MetricUpDownCounter,
  type NumericMetricValueType,
} from './metrics.ts';
export { isNexusHandlerError, NexusHandlerError, nexusRetryable, nexusRetryBehavior } from './nexus-handler-error.ts';
export type { Payload, WallPayload } from './payload-shape.ts';
export { compilePriority, decodePriority, type Priority, type PriorityMessage } from './priority.ts';
export {
  compileRetryPolicy,
  decompileRetryPolicy,
  retryDelayMs,
  retryPolicyMs,
  retryPolicyOfMs,
  validateRetryPolicy,
  knownOfRetryPolicy,
  type RetryPolicy,
  type RetryPolicyMessage,
  type RetryPolicyMs,
} from './retry-policy.ts';
export {
  defineSearchAttributeKey,
  encodeSearchAttributeIndexedValueType,
  SearchAttributeType,
  TypedSearchAttributes,
  type SearchAttributeKey,
  type SearchAttributePair,
  type SearchAttributes,
  type SearchAttributeUpdatePair,
  type SearchAttributeValue,
  type TypedSearchAttributeValue,
} from './search-attributes.ts';
export { cutoffStackTrace } from './stack-trace.ts';
export { decode, encode, errorCode, errorMessage, str, u8 } from './text-bytes.ts';
export type { Untyped, UntypedFunction } from './untyped.ts';
export { decodeUtf8, encodeUtf8 } from './utf8.ts';
export {
  convertDeploymentVersion,
  decodeInitialVersioningBehavior,
  decodeSuggestContinueAsNewReasons,
  decodeVersioningBehavior,
  encodeInitialVersioningBehavior,
  encodeVersioningBehavior,
  encodeVersioningIntent,
  InitialVersioningBehavior,
  SuggestContinueAsNewReason,
  toCanonicalString,
  VersioningBehavior,
  VersioningIntent,
  type AutoUpgradeVersioningOverride,
  type PinnedVersioningOverride,
  type VersioningOverride,
  type WorkerDeploymentVersion,
} from './versioning.ts';
export {
  decodeWorkflowIdConflictPolicy,
  decodeWorkflowIdReusePolicy,
  encodeWorkflowIdConflictPolicy,
  encodeWorkflowIdReusePolicy,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from './workflow-id-policies.ts';
export {
  isWorkflowFunctionWithOptions,
  isWorkflowFunctionWithStaticOptions,
  type BaseWorkflowOptions,
  type CommonWorkflowOptions,
  type WorkflowDefinitionConfig,
  type WorkflowDefinitionOptions,
  type WorkflowDefinitionOptionsOrGetter,
  type WorkflowDurationOptions,
  type WorkflowFunctionWithOptions,
  type WorkflowFunctionWithStaticOptions,
  type WorkflowStaticOptions,
} from './workflow-options.ts';
export { extractWorkflowType, extractWorkflowTypeAndConfig, type WorkflowTypeOptions } from './workflow-type.ts';

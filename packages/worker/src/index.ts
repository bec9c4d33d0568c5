export { defaultPayloadConverter, IllegalStateError } from '@reprise/common';
export type { GrpcCompressionConfig, PayloadLimitsConfig, TLSConfig } from '@reprise/client';
export type { GetLogAttributesInput, GetMetricTagsInput, LoggerSinks } from '@reprise/workflow';
export type { DataConverter, Headers, Logger, LogLevel, LogMetadata, Next } from '@reprise/common';
export { activityLogAttributes } from './activity/interceptors.ts';
export type {
  ActivityExecuteInput,
  ActivityInboundCallsInterceptorFactory,
  ActivityInboundCallsInterceptor,
  ActivityInterceptors,
  ActivityInterceptorsFactory,
  ActivityOutboundCallsInterceptor,
} from './activity/interceptors.ts';
export { bundleWorkflowCode } from './bundle/bundle-workflow-code.ts';
export type { BundleOptions, BundlerPlugin } from './bundle/bundle-workflow-code.ts';
export type { WebpackAlias, WebpackConfig } from './bundle/webpack-config.ts';
export { WorkflowBundleError } from './bundle/bundle-error.ts';
export { WorkflowBundle } from './bundle/workflow-bundle.ts';
export type { History } from './replay/history.ts';
export { DefaultLogger } from './log/default-logger.ts';
export type { LogEntry } from './log/log-entry.ts';
export {
  CombinedWorkerRunError,
  GracefulShutdownPeriodExpiredError,
  PromiseCompletionTimeoutError,
  ReplayError,
  ShutdownError,
  TransportError,
  UnexpectedError,
  UnhandledRejectionError,
} from './errors.ts';
export type { CombinedWorkerRunErrorCause } from './errors.ts';
export type {
  NexusCancelOperationInput,
  NexusInboundCallsInterceptor,
  NexusInterceptors,
  NexusInterceptorsFactory,
  NexusOutboundCallsInterceptor,
  NexusStartOperationInput,
  NexusStartOperationOutput,
} from './nexus/interceptors.ts';
export { errors } from './error-classes.ts';
export { startDebugReplayer } from './debug/start-debug-replayer.ts';
export {
  ActivityInboundLogInterceptor,
  appendDefaultInterceptors,
  defaultSinks,
  defaultWorkflowInterceptorModules,
} from './log/log-interceptors.ts';
export {
  WorkflowInboundLogInterceptor,
  WorkflowInboundLogInterceptor as WorkflowLogInterceptor,
} from './log/workflow-log-interceptor.ts';
export { workflowLogAttributes } from './log/workflow-log-attributes.ts';
export { makeTelemetryFilterString } from './metrics/logging-options.ts';
export type { ConsoleLogger, ForwardLogger, LogExporterConfig, TelemetryFilter } from './metrics/logging-options.ts';
export { NativeConnection } from './native-connection.ts';
export type { NativeConnectionOptions, NativeConnectionPlugin } from './native-connection.ts';
export type { ReplayHistoriesIterable, ReplayResult } from './replay/run-replay.ts';
export { MetricsBuffer } from './metrics/metrics-buffer.ts';
export type { BufferedMetricUpdate, MetricsBufferOptions } from './metrics/metrics-buffer.ts';
export type {
  MetricsExporterConfig,
  MetricsExporterConfig as MetricsExporter,
  PrometheusMetricsExporter,
  TelemetryOptions,
} from './metrics/telemetry.ts';
export type { OtelCollectorExporter } from './metrics/otlp/otlp-exporter.ts';
export { Runtime } from './runtime.ts';
export type { RuntimeOptions } from './runtime.ts';
export { LogTimestamp } from './sinks.ts';
export type { InjectedSink, InjectedSinkFunction, InjectedSinks } from './sinks.ts';
export { Worker } from './worker.ts';
export type { RunUntilOptions } from './worker.ts';
export type { CountFeed, CountObserver, CountSubscription } from './count-feed.ts';
export type { PollerState, State, WorkerStatus } from './worker-status.ts';
export type { CompiledWorkerOptions } from './options/compile-worker-options.ts';
export type {
  PatchActivationCallback,
  PatchActivationInput,
  PollerBehavior,
  PollerBehaviorAutoscaling,
  PollerBehaviorSimpleMaximum,
  ReplayWorkerOptions,
  WorkerDeploymentOptions,
  CompiledWorkerInterceptors,
  WorkerInterceptors,
  WorkerOptions,
  WorkerPlugin,
  WorkflowBundleOption,
  WorkflowBundlePath,
  WorkflowBundlePath as WorkflowBundlePathWithSourceMap,
  WorkflowBundleWithSourceMap,
} from './options/worker-options.ts';
export type {
  CustomSlotSupplier,
  SlotMarkUsedContext,
  SlotPermit,
  SlotReleaseContext,
  SlotReserveContext,
} from './poll/slot-supplier.ts';
export { ResourceBasedController } from './poll/resource-controller.ts';
export type {
  FixedSizeSlotSupplier,
  ResourceBasedSlotOptions,
  ResourceBasedSlotsForType,
  ResourceBasedTuner,
  ResourceBasedTunerConfig,
  ResourceBasedTunerWithController,
  ResourceBasedTunerOptions,
  SlotSupplier,
  TunerHolder,
  WorkerTuner,
} from './poll/tuner.ts';
export type {
  ActivitySlotInfo,
  LocalActivitySlotInfo,
  NexusSlotInfo,
  SlotInfo,
  WorkflowSlotInfo,
} from './poll/slots.ts';

export { defaultPayloadConverter, IllegalStateError } from '@reprise/common';
export type { DataConverter, Headers, Logger, LogLevel, LogMetadata, Next } from '@reprise/common';
export { activityLogAttributes } from './activity/interceptors.ts';
export type {
  ActivityExecuteInput,
  ActivityInboundCallsInterceptor,
  ActivityInterceptors,
  ActivityInterceptorsFactory,
  ActivityOutboundCallsInterceptor,
} from './activity/interceptors.ts';
export { bundleWorkflowCode } from './bundle/bundle-workflow-code.ts';
export type { BundleOptions } from './bundle/bundle-workflow-code.ts';
export { WorkflowBundleError } from './bundle/bundle-error.ts';
export { WorkflowBundle } from './bundle/workflow-bundle.ts';
export { DefaultLogger } from './default-logger.ts';
export type { LogEntry } from './log-entry.ts';
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
export { NativeConnection } from './native-connection.ts';
export type { NativeConnectionOptions } from './native-connection.ts';
export type { ReplayHistoriesIterable, ReplayResult } from './replay/run-replay.ts';
export { MetricsBuffer } from './metrics/metrics-buffer.ts';
export type { BufferedMetricUpdate, MetricsBufferOptions } from './metrics/metrics-buffer.ts';
export type { MetricsExporterConfig, PrometheusMetricsExporter, TelemetryOptions } from './metrics/telemetry.ts';
export { Runtime } from './runtime.ts';
export type { RuntimeOptions } from './runtime.ts';
export { LogTimestamp } from './sinks.ts';
export type { InjectedSink, InjectedSinkFunction, InjectedSinks } from './sinks.ts';
export { Worker } from './worker.ts';
export type { RunUntilOptions, State, WorkerStatus } from './worker.ts';
export type { CompiledWorkerOptions } from './compile-worker-options.ts';
export type {
  PatchActivationCallback,
  PatchActivationInput,
  PollerBehavior,
  PollerBehaviorAutoscaling,
  PollerBehaviorSimpleMaximum,
  ReplayWorkerOptions,
  WorkerDeploymentOptions,
  WorkerInterceptors,
  WorkerOptions,
  WorkerPlugin,
  WorkflowBundleOption,
} from './worker-options.ts';
export type {
  CustomSlotSupplier,
  SlotMarkUsedContext,
  SlotPermit,
  SlotReleaseContext,
  SlotReserveContext,
} from './poll/slot-supplier.ts';
export type {
  FixedSizeSlotSupplier,
  ResourceBasedSlotOptions,
  ResourceBasedSlotsForType,
  ResourceBasedTuner,
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

export {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryActivityOutboundInterceptor,
} from './activity-interceptors.ts';
export {
  OpenTelemetryWorkflowClientInterceptor,
  OpenTelemetryWorkflowClientInterceptor as OpenTelemetryWorkflowClientCallsInterceptor,
} from './client-interceptor.ts';
export type { InterceptorOptions } from './client-interceptor.ts';
export { OpenTelemetryNexusInboundInterceptor, OpenTelemetryNexusOutboundInterceptor } from './nexus-interceptors.ts';
export { OpenTelemetryPlugin } from './plugin.ts';
export type { OpenTelemetryPluginOptions } from './plugin.ts';
export type {
  OpenTelemetrySinks,
  OpenTelemetryWorkflowExporter,
  SerializableEvent,
  SerializableLink,
  SerializableSpan,
  SerializableSpanContext,
} from './serializable-span.ts';
export { SPAN_DELIMITER, SpanName } from './span-name.ts';
export { makeWorkflowExporter } from './workflow-exporter.ts';
export type { ReadableWorkflowSpan, SpanExporterOf, SpanProcessorOf } from './workflow-exporter.ts';
export { OpenTelemetryInboundInterceptor } from './workflow/inbound-interceptor.ts';
export { OpenTelemetryInternalsInterceptor } from './workflow/internals-interceptor.ts';
export { OpenTelemetryOutboundInterceptor } from './workflow/outbound-interceptor.ts';

/** The same as `@reprise/interceptors-opentelemetry`, which traces with version 1 and 2 of the OpenTelemetry SDK alike. */
export {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryActivityOutboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
  OpenTelemetryWorkflowClientCallsInterceptor,
  OpenTelemetryNexusInboundInterceptor,
  OpenTelemetryNexusOutboundInterceptor,
  OpenTelemetryPlugin,
  SPAN_DELIMITER,
  SpanName,
  makeWorkflowExporter,
  OpenTelemetryInboundInterceptor,
  OpenTelemetryInternalsInterceptor,
  OpenTelemetryOutboundInterceptor,
} from '@reprise/interceptors-opentelemetry';
export type {
  InterceptorOptions,
  OpenTelemetryPluginOptions,
  OpenTelemetrySinks,
  OpenTelemetryWorkflowExporter,
  SerializableEvent,
  SerializableLink,
  SerializableSpan,
  SerializableSpanContext,
  ReadableWorkflowSpan,
  SpanExporterOf,
  SpanProcessorOf,
} from '@reprise/interceptors-opentelemetry';

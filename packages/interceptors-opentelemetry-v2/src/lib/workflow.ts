export {
  OpenTelemetryInboundInterceptor,
  OpenTelemetryInternalsInterceptor,
  OpenTelemetryOutboundInterceptor,
  SPAN_DELIMITER,
  SpanName,
} from '@reprise/interceptors-opentelemetry/lib/workflow';
export type {
  OpenTelemetrySinks,
  OpenTelemetryWorkflowExporter,
  SerializableSpan,
  SerializableSpanContext,
} from '@reprise/interceptors-opentelemetry/lib/workflow';

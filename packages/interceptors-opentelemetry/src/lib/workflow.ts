/** For workflow code: what the sandbox can load. */
export { OpenTelemetryInboundInterceptor } from '../workflow/inbound-interceptor.ts';
export { OpenTelemetryInternalsInterceptor } from '../workflow/internals-interceptor.ts';
export { OpenTelemetryOutboundInterceptor } from '../workflow/outbound-interceptor.ts';
export type {
  OpenTelemetrySinks,
  OpenTelemetryWorkflowExporter,
  SerializableSpan,
  SerializableSpanContext,
} from '../serializable-span.ts';
export { SPAN_DELIMITER, SpanName } from '../span-name.ts';

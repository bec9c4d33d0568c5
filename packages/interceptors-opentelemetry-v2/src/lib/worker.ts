export {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryActivityOutboundInterceptor,
  OpenTelemetryNexusInboundInterceptor,
  OpenTelemetryNexusOutboundInterceptor,
  makeWorkflowExporter,
} from '@reprise/interceptors-opentelemetry/lib/worker';
export type { InterceptorOptions } from '@reprise/interceptors-opentelemetry/lib/worker';

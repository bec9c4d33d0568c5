/** For workers: interceptors of activities and Nexus handlers, and where workflow spans go. */
export {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryActivityOutboundInterceptor,
} from '../activity-interceptors.ts';
export type { InterceptorOptions } from '../client-interceptor.ts';
export { OpenTelemetryNexusInboundInterceptor, OpenTelemetryNexusOutboundInterceptor } from '../nexus-interceptors.ts';
export { makeWorkflowExporter } from '../workflow-exporter.ts';

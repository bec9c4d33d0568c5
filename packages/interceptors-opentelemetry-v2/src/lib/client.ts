export { OpenTelemetryWorkflowClientInterceptor } from '@reprise/interceptors-opentelemetry/lib/client';
export type { InterceptorOptions } from '@reprise/interceptors-opentelemetry/lib/client';

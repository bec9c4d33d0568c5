/** For clients. */
export { OpenTelemetryWorkflowClientInterceptor } from '../client-interceptor.ts';
export type { InterceptorOptions } from '../client-interceptor.ts';

/** For `workflowModules` of workers: no workflows, interceptors alone. */
import type { WorkflowInterceptors } from '@reprise/workflow';
import { OpenTelemetryInboundInterceptor } from './workflow/inbound-interceptor.ts';
import { OpenTelemetryInternalsInterceptor } from './workflow/internals-interceptor.ts';
import { OpenTelemetryOutboundInterceptor } from './workflow/outbound-interceptor.ts';

export const interceptors = (): WorkflowInterceptors => ({
  inbound: [new OpenTelemetryInboundInterceptor()],
  outbound: [new OpenTelemetryOutboundInterceptor()],
  internals: [new OpenTelemetryInternalsInterceptor()],
});

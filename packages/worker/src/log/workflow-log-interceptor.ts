/** For workflow code: what older interceptor modules register to have workflows logged. The runtime logs by itself. */
import type { Next } from '@reprise/common';
import type {
  GetLogAttributesInput,
  WorkflowExecuteInput,
  WorkflowInboundCallsInterceptor,
  WorkflowInterceptorsFactory,
  WorkflowOutboundCallsInterceptor,
} from '@reprise/workflow';

/**
 * Adds attributes to the lines that a workflow logs, in classes that extend it.
 *
 * @deprecated Use an outbound interceptor with `getLogAttributes`.
 */
export class WorkflowInboundLogInterceptor
  implements WorkflowInboundCallsInterceptor, WorkflowOutboundCallsInterceptor
{
  /** The attributes to add. */
  protected logAttributes(): Record<string, unknown> {
    return {};
  }

  getLogAttributes(
    input: GetLogAttributesInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'getLogAttributes'>,
  ): Record<string, unknown> {
    return next({ ...input, ...this.logAttributes() });
  }

  async execute(input: WorkflowExecuteInput, next: Next<WorkflowInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    return await next(input);
  }
}

export const interceptors: WorkflowInterceptorsFactory = () => ({});

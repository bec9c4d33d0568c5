import type { Span, Tracer } from '@opentelemetry/api';
import type { Headers, MetricTags, Next } from '@reprise/common';
import { ContinueAsNew, getActivator, SdkFlags } from '@reprise/workflow';
import type {
  ActivityInput,
  ContinueAsNewInput,
  GetLogAttributesInput,
  GetMetricTagsInput,
  LocalActivityInput,
  SignalWorkflowInput,
  StartChildWorkflowExecutionInput,
  StartNexusOperationInput,
  StartNexusOperationOutput,
  WorkflowOutboundCallsInterceptor,
} from '@reprise/workflow';
import { AttributeName } from '../attribute-name.ts';
import { headersWithContext, nexusHeadersWithContext } from '../carried-context.ts';
import { instrument } from '../instrument.ts';
import { spanLogAttributes } from '../log-attributes.ts';
import { SpanName, spanNameOf } from '../span-name.ts';
import { tracesAll, yieldsMore } from './inbound-interceptor.ts';
import { workflowTracer } from './tracing.ts';

interface Call<Input, R> {
  readonly spanName: string;
  readonly input: Input;
  readonly next: (input: Input) => Promise<R>;
  readonly acceptableErrors?: (error: unknown) => boolean;
}

/**
 * Makes spans of what a workflow asks for, and tells those who do it what they are part of.
 *
 * No `await` may come or go here, see `instrument`.
 */
export class OpenTelemetryOutboundInterceptor implements WorkflowOutboundCallsInterceptor {
  protected readonly tracer: Tracer = workflowTracer();

  async scheduleActivity(
    input: ActivityInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'scheduleActivity'>,
  ): Promise<unknown> {
    return await this.#carry({ spanName: spanNameOf(SpanName.ACTIVITY_START, input.activityType), input, next });
  }

  async scheduleLocalActivity(
    input: LocalActivityInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'scheduleLocalActivity'>,
  ): Promise<unknown> {
    if (!getActivator().hasFlag(SdkFlags.OpenTelemetryInterceptorsTracesLocalActivities)) return next(input);
    return await this.#carry({ spanName: spanNameOf(SpanName.ACTIVITY_START, input.activityType), input, next });
  }

  async startNexusOperation(
    input: StartNexusOperationInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'startNexusOperation'>,
  ): Promise<StartNexusOperationOutput> {
    if (!tracesAll()) return next(input);
    return await instrument({
      tracer: this.tracer,
      spanName: spanNameOf(SpanName.NEXUS_OPERATION_START, `${input.service}/${input.operation}`),
      fn: async (span: Span) => {
        span.setAttribute(AttributeName.nexusService, input.service);
        span.setAttribute(AttributeName.nexusOperation, input.operation);
        span.setAttribute(AttributeName.nexusEndpoint, input.endpoint);
        return await next({ ...input, headers: nexusHeadersWithContext(input.headers) });
      },
    });
  }

  async startChildWorkflowExecution(
    input: StartChildWorkflowExecutionInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'startChildWorkflowExecution'>,
  ): Promise<[Promise<string>, Promise<unknown>]> {
    return await this.#carry({ spanName: spanNameOf(SpanName.CHILD_WORKFLOW_START, input.workflowType), input, next });
  }

  async continueAsNew(
    input: ContinueAsNewInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'continueAsNew'>,
  ): Promise<never> {
    return await this.#carry({
      spanName: spanNameOf(SpanName.CONTINUE_AS_NEW, input.options.workflowType),
      input,
      next,
      acceptableErrors: (error) => error instanceof ContinueAsNew,
    });
  }

  async signalWorkflow(
    input: SignalWorkflowInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'signalWorkflow'>,
  ): Promise<void> {
    return await this.#carry({ spanName: spanNameOf(SpanName.WORKFLOW_SIGNAL, input.signalName), input, next });
  }

  getLogAttributes(
    input: GetLogAttributesInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'getLogAttributes'>,
  ): Record<string, unknown> {
    return next({ ...spanLogAttributes(), ...input });
  }

  getMetricTags(input: GetMetricTagsInput, next: Next<WorkflowOutboundCallsInterceptor, 'getMetricTags'>): MetricTags {
    return next(input);
  }

  /** Not async itself: it would take a microtask more than histories know. */
  #carry<Input extends { readonly headers: Headers }, R>({
    spanName,
    input,
    next,
    acceptableErrors,
  }: Call<Input, R>): Promise<R> {
    return instrument({
      tracer: this.tracer,
      spanName,
      fn: async () => {
        const headers = headersWithContext(input.headers);
        if (yieldsMore()) await Promise.resolve();
        // Returned without await, which takes two microtasks more than with it.
        return next({ ...input, headers });
      },
      ...(acceptableErrors !== undefined && { acceptableErrors }),
    });
  }
}

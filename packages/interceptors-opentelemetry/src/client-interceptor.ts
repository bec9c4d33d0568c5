import { trace } from '@opentelemetry/api';
import type { Span, Tracer } from '@opentelemetry/api';
import type {
  WorkflowCancelInput,
  WorkflowClientInterceptor,
  WorkflowDescribeInput,
  WorkflowQueryInput,
  WorkflowSignalInput,
  WorkflowSignalWithStartInput,
  WorkflowStartInput,
  WorkflowStartOutput,
  WorkflowStartUpdateInput,
  WorkflowStartUpdateOutput,
  WorkflowStartUpdateWithStartInput,
  WorkflowStartUpdateWithStartOutput,
  WorkflowTerminateInput,
} from '@reprise/client';
import type { Next } from '@reprise/common';
import { AttributeName } from './attribute-name.ts';
import { headersWithContext } from './carried-context.ts';
import { instrument } from './instrument.ts';
import { SpanName, spanNameOf } from './span-name.ts';

type Result<Method extends keyof WorkflowClientInterceptor> = ReturnType<
  NonNullable<WorkflowClientInterceptor[Method]>
>;

/** How interceptors make spans. */
export interface InterceptorOptions {
  /** Default: the tracer of this package, from the global provider. */
  readonly tracer?: Tracer;
}

/** The tracer of clients and workers. */
export function tracerOf({ tracer }: InterceptorOptions, name: string): Tracer {
  return tracer ?? trace.getTracer(name);
}

/**
 * Makes a span of every call of a client, and tells workflows what their start, signals and updates are part of.
 *
 * @example
 * const client = new Client({ interceptors: { workflow: [new OpenTelemetryWorkflowClientInterceptor()] } });
 */
export class OpenTelemetryWorkflowClientInterceptor implements WorkflowClientInterceptor {
  protected readonly tracer: Tracer;

  constructor(options: InterceptorOptions = {}) {
    this.tracer = tracerOf(options, '@reprise/interceptor-client');
  }

  // The span is made around the call with details, which every start leads to: one of both would be one too many.
  async start(input: WorkflowStartInput, next: Next<WorkflowClientInterceptor, 'start'>): Promise<string> {
    return await next(input);
  }

  async startWithDetails(
    input: WorkflowStartInput,
    next: Next<WorkflowClientInterceptor, 'startWithDetails'>,
  ): Promise<WorkflowStartOutput> {
    return await this.#span(spanNameOf(SpanName.WORKFLOW_START, input.workflowType), async (span) => {
      span.setAttribute(AttributeName.workflowId, input.options.workflowId);
      const output = await next({ ...input, headers: headersWithContext(input.headers) });
      span.setAttribute(AttributeName.runId, output.runId);
      return output;
    });
  }

  async signal(input: WorkflowSignalInput, next: Next<WorkflowClientInterceptor, 'signal'>): Promise<void> {
    await this.#span(spanNameOf(SpanName.WORKFLOW_SIGNAL, input.signalName), async (span) => {
      span.setAttribute(AttributeName.workflowId, input.workflowExecution.workflowId);
      await next({ ...input, headers: headersWithContext(input.headers) });
    });
  }

  async signalWithStart(
    input: WorkflowSignalWithStartInput,
    next: Next<WorkflowClientInterceptor, 'signalWithStart'>,
  ): Promise<string> {
    return await this.#span(spanNameOf(SpanName.WORKFLOW_SIGNAL_WITH_START, input.workflowType), async (span) => {
      span.setAttribute(AttributeName.workflowId, input.options.workflowId);
      const runId = await next({ ...input, headers: headersWithContext(input.headers) });
      span.setAttribute(AttributeName.runId, runId);
      return runId;
    });
  }

  async startUpdate(
    input: WorkflowStartUpdateInput,
    next: Next<WorkflowClientInterceptor, 'startUpdate'>,
  ): Promise<WorkflowStartUpdateOutput> {
    return await this.#span(spanNameOf(SpanName.WORKFLOW_START_UPDATE, input.updateName), async (span) => {
      span.setAttribute(AttributeName.workflowId, input.workflowExecution.workflowId);
      const { updateId } = input.options;
      if (updateId !== undefined) span.setAttribute(AttributeName.updateId, updateId);
      const output = await next({ ...input, headers: headersWithContext(input.headers) });
      span.setAttribute(AttributeName.runId, output.workflowRunId);
      return output;
    });
  }

  async startUpdateWithStart(
    input: WorkflowStartUpdateWithStartInput,
    next: Next<WorkflowClientInterceptor, 'startUpdateWithStart'>,
  ): Promise<WorkflowStartUpdateWithStartOutput> {
    return await this.#span(spanNameOf(SpanName.WORKFLOW_UPDATE_WITH_START, input.updateName), async (span) => {
      span.setAttribute(AttributeName.workflowId, input.workflowStartOptions.workflowId);
      const { updateId } = input.updateOptions;
      if (updateId !== undefined) span.setAttribute(AttributeName.updateId, updateId);
      const output = await next({
        ...input,
        workflowStartHeaders: headersWithContext(input.workflowStartHeaders),
        updateHeaders: headersWithContext(input.updateHeaders),
      });
      span.setAttribute(AttributeName.runId, output.workflowExecution.runId);
      return output;
    });
  }

  async query(input: WorkflowQueryInput, next: Next<WorkflowClientInterceptor, 'query'>): Promise<unknown> {
    return await this.#span(spanNameOf(SpanName.WORKFLOW_QUERY, input.queryType), async (span) => {
      noteExecution(span, input);
      return await next({ ...input, headers: headersWithContext(input.headers) });
    });
  }

  async terminate(
    input: WorkflowTerminateInput,
    next: Next<WorkflowClientInterceptor, 'terminate'>,
  ): Result<'terminate'> {
    return await this.#span(SpanName.WORKFLOW_TERMINATE, async (span) => {
      noteExecution(span, input);
      if (input.reason !== undefined) span.setAttribute(AttributeName.terminateReason, input.reason);
      return await next(input);
    });
  }

  async cancel(input: WorkflowCancelInput, next: Next<WorkflowClientInterceptor, 'cancel'>): Result<'cancel'> {
    return await this.#span(SpanName.WORKFLOW_CANCEL, async (span) => {
      noteExecution(span, input);
      return await next(input);
    });
  }

  async describe(input: WorkflowDescribeInput, next: Next<WorkflowClientInterceptor, 'describe'>): Result<'describe'> {
    return await this.#span(SpanName.WORKFLOW_DESCRIBE, async (span) => {
      noteExecution(span, input);
      return await next(input);
    });
  }

  #span<R>(spanName: string, fn: (span: Span) => Promise<R>): Promise<R> {
    return instrument({ tracer: this.tracer, spanName, fn });
  }
}

function noteExecution(span: Span, { workflowExecution }: WorkflowDescribeInput): void {
  span.setAttribute(AttributeName.workflowId, workflowExecution.workflowId);
  if (workflowExecution.runId) span.setAttribute(AttributeName.runId, workflowExecution.runId);
}

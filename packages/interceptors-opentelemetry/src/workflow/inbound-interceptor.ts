import type { Tracer } from '@opentelemetry/api';
import type { Next } from '@reprise/common';
import { ContinueAsNew, getActivator, SdkFlags, workflowInfo } from '@reprise/workflow';
import type {
  QueryInput,
  SignalInput,
  UpdateInput,
  WorkflowExecuteInput,
  WorkflowInboundCallsInterceptor,
} from '@reprise/workflow';
import { AttributeName } from '../attribute-name.ts';
import { extractContextFromHeaders } from '../carried-context.ts';
import { instrument, instrumentSync } from '../instrument.ts';
import { SpanName, spanNameOf } from '../span-name.ts';
import { workflowTracer } from './tracing.ts';

/**
 * Makes spans of the run of a workflow and of its handlers, as parts of the spans of who called them.
 *
 * What histories from before a method was traced recorded replays as it ran: the flags say. For the same reason no `await`
 * may come or go here, see `instrument`.
 */
export class OpenTelemetryInboundInterceptor implements WorkflowInboundCallsInterceptor {
  protected readonly tracer: Tracer = workflowTracer();

  async execute(input: WorkflowExecuteInput, next: Next<WorkflowInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    const context = extractContextFromHeaders(input.headers);
    if (yieldsMore()) await Promise.resolve();
    return await instrument({
      tracer: this.tracer,
      spanName: spanNameOf(SpanName.WORKFLOW_EXECUTE, workflowInfo().workflowType),
      fn: () => next(input),
      context,
      acceptableErrors: (error) => error instanceof ContinueAsNew,
    });
  }

  async handleSignal(input: SignalInput, next: Next<WorkflowInboundCallsInterceptor, 'handleSignal'>): Promise<void> {
    if (!getActivator().hasFlag(SdkFlags.OpenTelemetryInterceptorsTracesInboundSignals)) return next(input);
    const context = extractContextFromHeaders(input.headers);
    if (yieldsMore()) await Promise.resolve();
    return await instrument({
      tracer: this.tracer,
      spanName: spanNameOf(SpanName.WORKFLOW_HANDLE_SIGNAL, input.signalName),
      fn: () => next(input),
      context,
    });
  }

  async handleUpdate(
    input: UpdateInput,
    next: Next<WorkflowInboundCallsInterceptor, 'handleUpdate'>,
  ): Promise<unknown> {
    if (!tracesAll()) return next(input);
    const context = extractContextFromHeaders(input.headers);
    return await instrument({
      tracer: this.tracer,
      spanName: spanNameOf(SpanName.WORKFLOW_HANDLE_UPDATE, input.name),
      fn: (span) => {
        span.setAttribute(AttributeName.updateId, input.updateId);
        return next(input);
      },
      context,
    });
  }

  validateUpdate(input: UpdateInput, next: Next<WorkflowInboundCallsInterceptor, 'validateUpdate'>): void {
    if (!tracesAll()) {
      next(input);
      return;
    }
    instrumentSync({
      tracer: this.tracer,
      spanName: spanNameOf(SpanName.WORKFLOW_VALIDATE_UPDATE, input.name),
      fn: (span) => {
        span.setAttribute(AttributeName.updateId, input.updateId);
        next(input);
      },
      context: extractContextFromHeaders(input.headers),
    });
  }

  async handleQuery(input: QueryInput, next: Next<WorkflowInboundCallsInterceptor, 'handleQuery'>): Promise<unknown> {
    if (!tracesAll()) return next(input);
    const context = extractContextFromHeaders(input.headers);
    return await instrument({
      tracer: this.tracer,
      spanName: spanNameOf(SpanName.WORKFLOW_HANDLE_QUERY, input.queryName),
      fn: () => next(input),
      context,
    });
  }
}

/** Older tracing waited once more in some places. */
export function yieldsMore(): boolean {
  return !getActivator().hasFlag(SdkFlags.OpenTelemetryInterceporsAvoidsExtraYields);
}

/** Older tracing knew fewer methods. */
export function tracesAll(): boolean {
  return getActivator().hasFlag(SdkFlags.OpenTelemetryInterceptorsInstrumentsAllMethods);
}

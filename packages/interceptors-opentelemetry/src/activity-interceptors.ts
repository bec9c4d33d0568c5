import type { Tracer } from '@opentelemetry/api';
import type { Context as ActivityContext } from '@reprise/activity';
import type { MetricTags, Next } from '@reprise/common';
import type {
  ActivityExecuteInput,
  ActivityInboundCallsInterceptor,
  ActivityOutboundCallsInterceptor,
} from '@reprise/worker';
import { AttributeName } from './attribute-name.ts';
import { extractContextFromHeaders } from './carried-context.ts';
import { tracerOf, type InterceptorOptions } from './client-interceptor.ts';
import { instrument } from './instrument.ts';
import { spanLogAttributes } from './log-attributes.ts';
import { SpanName, spanNameOf } from './span-name.ts';

/**
 * Makes a span of every attempt of an activity, as a part of the span that asked for it.
 *
 * @example
 * const tracing: ActivityInterceptorsFactory = (context) => ({
 *   inbound: new OpenTelemetryActivityInboundInterceptor(context),
 *   outbound: new OpenTelemetryActivityOutboundInterceptor(context),
 * });
 */
export class OpenTelemetryActivityInboundInterceptor implements ActivityInboundCallsInterceptor {
  protected readonly ctx: ActivityContext;
  protected readonly tracer: Tracer;

  constructor(ctx: ActivityContext, options: InterceptorOptions = {}) {
    this.ctx = ctx;
    this.tracer = tracerOf(options, '@reprise/interceptor-activity');
  }

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    const { activityType, activityId, workflowExecution } = this.ctx.info;
    return await instrument({
      tracer: this.tracer,
      spanName: spanNameOf(SpanName.ACTIVITY_EXECUTE, activityType),
      context: extractContextFromHeaders(input.headers),
      fn: (span) => {
        span.setAttribute(AttributeName.activityId, activityId);
        if (workflowExecution !== undefined) {
          span.setAttribute(AttributeName.workflowId, workflowExecution.workflowId);
          span.setAttribute(AttributeName.runId, workflowExecution.runId);
        }
        return next(input);
      },
    });
  }
}

/** Tells the log lines of an activity which span they belong to. */
export class OpenTelemetryActivityOutboundInterceptor implements ActivityOutboundCallsInterceptor {
  protected readonly ctx: ActivityContext;

  constructor(ctx: ActivityContext) {
    this.ctx = ctx;
  }

  getLogAttributes(
    input: Record<string, unknown>,
    next: Next<ActivityOutboundCallsInterceptor, 'getLogAttributes'>,
  ): Record<string, unknown> {
    return next({ ...spanLogAttributes(), ...input });
  }

  getMetricTags(input: MetricTags, next: Next<ActivityOutboundCallsInterceptor, 'getMetricTags'>): MetricTags {
    return next(input);
  }
}

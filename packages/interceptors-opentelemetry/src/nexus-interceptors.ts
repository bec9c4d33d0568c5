import type { Tracer } from '@opentelemetry/api';
import type { MetricTags, Next } from '@reprise/common';
import type {
  NexusCancelOperationInput,
  NexusInboundCallsInterceptor,
  NexusOutboundCallsInterceptor,
  NexusStartOperationInput,
  NexusStartOperationOutput,
} from '@reprise/worker';
import type { OperationContext } from 'nexus-rpc';
import { AttributeName } from './attribute-name.ts';
import { extractContextFromNexusHeaders } from './carried-context.ts';
import { tracerOf, type InterceptorOptions } from './client-interceptor.ts';
import { instrument } from './instrument.ts';
import { spanLogAttributes } from './log-attributes.ts';
import { SpanName, spanNameOf } from './span-name.ts';

/** Makes a span of every request for a Nexus operation, as a part of the span that asked for it. */
export class OpenTelemetryNexusInboundInterceptor implements NexusInboundCallsInterceptor {
  protected readonly ctx: OperationContext;
  protected readonly tracer: Tracer;

  constructor(ctx: OperationContext, options: InterceptorOptions = {}) {
    this.ctx = ctx;
    this.tracer = tracerOf(options, '@reprise/interceptor-nexus');
  }

  async startOperation(
    input: NexusStartOperationInput,
    next: Next<NexusInboundCallsInterceptor, 'startOperation'>,
  ): Promise<NexusStartOperationOutput> {
    return await this.#span(SpanName.NEXUS_START_OPERATION_EXECUTE, input.ctx, () => next(input));
  }

  async cancelOperation(
    input: NexusCancelOperationInput,
    next: Next<NexusInboundCallsInterceptor, 'cancelOperation'>,
  ): Promise<void> {
    await this.#span(SpanName.NEXUS_CANCEL_OPERATION_EXECUTE, input.ctx, () => next(input));
  }

  #span<R>(name: SpanName, { service, operation, headers }: OperationContext, fn: () => Promise<R>): Promise<R> {
    return instrument({
      tracer: this.tracer,
      spanName: spanNameOf(name, `${service}/${operation}`),
      context: extractContextFromNexusHeaders(headers),
      fn: (span) => {
        span.setAttribute(AttributeName.nexusService, service);
        span.setAttribute(AttributeName.nexusOperation, operation);
        return fn();
      },
    });
  }
}

/** Tells the log lines of a Nexus handler which span they belong to. */
export class OpenTelemetryNexusOutboundInterceptor implements NexusOutboundCallsInterceptor {
  protected readonly ctx: OperationContext;

  constructor(ctx: OperationContext) {
    this.ctx = ctx;
  }

  getLogAttributes(
    input: Record<string, unknown>,
    next: Next<NexusOutboundCallsInterceptor, 'getLogAttributes'>,
  ): Record<string, unknown> {
    return next({ ...spanLogAttributes(), ...input });
  }

  getMetricTags(input: MetricTags, next: Next<NexusOutboundCallsInterceptor, 'getMetricTags'>): MetricTags {
    return next(input);
  }
}

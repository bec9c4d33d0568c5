import { context as contexts, isSpanContextValid, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Span, SpanContext, SpanOptions, Tracer } from '@opentelemetry/api';
import type { SerializableSpan } from '../serializable-span.ts';
import { randomId } from './random-id.ts';
import { WorkflowSpan } from './workflow-span.ts';

const SPAN_ID_DIGITS = 16;
const TRACE_ID_DIGITS = 32;

type Args<R> =
  | [fn: (span: Span) => R]
  | [options: SpanOptions, fn: (span: Span) => R]
  | [options: SpanOptions, context: Context, fn: (span: Span) => R];

/** Makes spans of workflow code. They are recorded unless they are part of one that is not. */
export class WorkflowTracer implements Tracer {
  readonly #library: { readonly name: string; readonly version?: string };
  readonly #onEnd: (span: SerializableSpan) => void;

  constructor(library: { name: string; version?: string }, onEnd: (span: SerializableSpan) => void) {
    this.#library = library;
    this.#onEnd = onEnd;
  }

  startSpan(name: string, options: SpanOptions = {}, context: Context = contexts.active()): Span {
    const parent = options.root === true ? undefined : validParent(context);
    // The order of the draws is that of histories: the id of the span comes first.
    const spanId = randomId(SPAN_ID_DIGITS);
    const traceId = parent?.traceId ?? randomId(TRACE_ID_DIGITS);
    const isSampled = parent === undefined || (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    const spanContext: SpanContext = {
      traceId,
      spanId,
      traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      ...(parent?.traceState && { traceState: parent.traceState }),
    };
    if (!isSampled) return trace.wrapSpanContext(spanContext);
    const start = {
      name,
      kind: options.kind ?? SpanKind.INTERNAL,
      spanContext,
      parentSpanId: parent?.spanId,
      startTime: options.startTime,
      attributes: options.attributes ?? {},
      links: options.links ?? [],
      library: this.#library,
    };
    return new WorkflowSpan(start, this.#onEnd);
  }

  startActiveSpan<F extends (span: Span) => ReturnType<F>>(name: string, ...args: Args<ReturnType<F>>): ReturnType<F> {
    const fn = args.at(-1) as (span: Span) => ReturnType<F>;
    const options = args.length > 1 ? (args[0] as SpanOptions) : {};
    const context = args.length > 2 ? (args[1] as Context) : contexts.active();
    const span = this.startSpan(name, options, context);
    return contexts.with(trace.setSpan(context, span), fn, undefined, span);
  }
}

function validParent(context: Context): SpanContext | undefined {
  const parent = trace.getSpanContext(context);
  return parent !== undefined && isSpanContextValid(parent) ? parent : undefined;
}

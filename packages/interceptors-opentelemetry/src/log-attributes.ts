import { context, isSpanContextValid, trace } from '@opentelemetry/api';

/** What tells log lines which span they belong to; nothing outside of spans. */
export function spanLogAttributes(): Record<string, unknown> {
  const span = trace.getSpan(context.active())?.spanContext();
  if (span === undefined || !isSpanContextValid(span)) return {};
  return { trace_id: span.traceId, span_id: span.spanId, trace_flags: `0${span.traceFlags.toString(16)}` };
}

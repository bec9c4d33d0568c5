/** Trace context and baggage in text headers, as the W3C has specified them. */
import {
  createTraceState,
  isSpanContextValid,
  propagation,
  trace,
  TraceFlags,
  baggageEntryMetadataFromString,
} from '@opentelemetry/api';
import type {
  Baggage,
  BaggageEntry,
  Context,
  SpanContext,
  TextMapGetter,
  TextMapPropagator,
  TextMapSetter,
} from '@opentelemetry/api';

const TRACE_PARENT = 'traceparent';
const TRACE_STATE = 'tracestate';
const BAGGAGE = 'baggage';

export const w3cPropagator: TextMapPropagator = {
  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const span = trace.getSpanContext(context);
    if (span !== undefined && isSpanContextValid(span)) {
      setter.set(carrier, TRACE_PARENT, traceParentOf(span));
      if (span.traceState !== undefined) setter.set(carrier, TRACE_STATE, span.traceState.serialize());
    }
    const baggage = baggageText(propagation.getBaggage(context));
    if (baggage !== '') setter.set(carrier, BAGGAGE, baggage);
  },

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const read = (name: string): string | undefined => {
      const value = getter.get(carrier, name);
      return Array.isArray(value) ? value.join(',') : value;
    };
    const span = readTraceParent(read(TRACE_PARENT), read(TRACE_STATE));
    const traced = span === undefined ? context : trace.setSpanContext(context, span);
    const baggage = readBaggage(read(BAGGAGE));
    return baggage === undefined ? traced : propagation.setBaggage(traced, baggage);
  },

  fields: () => [TRACE_PARENT, TRACE_STATE, BAGGAGE],
};

function traceParentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-0${Number(traceFlags).toString(16)}`;
}

function readTraceParent(text: string | undefined, state: string | undefined): SpanContext | undefined {
  const match = /^\s?([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?\s?$/.exec(text ?? '');
  if (match === null) return undefined;
  const [, version = '', traceId = '', spanId = '', flags = '', more] = match;
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  const traceState = state === undefined || state === '' ? {} : { traceState: createTraceState(state) };
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  const span = { traceId, spanId, traceFlags, isRemote: true, ...traceState };
  return isSpanContextValid(span) ? span : undefined;
}

function baggageText(baggage: Baggage | undefined): string {
  return (baggage?.getAllEntries() ?? [])
    .map(([key, { value, metadata }]) => {
      const pair = `${encodeURIComponent(key)}=${encodeURIComponent(value)}`;
      return metadata === undefined ? pair : `${pair};${metadata.toString()}`;
    })
    .join(',');
}

function readBaggage(text: string | undefined): Baggage | undefined {
  const entries: Record<string, BaggageEntry> = {};
  for (const part of (text ?? '').split(',')) {
    const [pair = '', ...metadata] = part.split(';');
    const at = pair.indexOf('=');
    if (at <= 0) continue;
    entries[decoded(pair.slice(0, at))] = {
      value: decoded(pair.slice(at + 1)),
      ...(metadata.length > 0 && { metadata: baggageEntryMetadataFromString(metadata.join(';')) }),
    };
  }
  return Object.keys(entries).length === 0 ? undefined : propagation.createBaggage(entries);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return text.trim();
  }
}

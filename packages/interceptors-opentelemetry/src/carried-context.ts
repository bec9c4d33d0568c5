/** The active context in headers, so that spans on the other side become parts of the span on this one. */
import { context, defaultTextMapGetter, defaultTextMapSetter, propagation } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { defaultPayloadConverter } from '@reprise/common';
import type { Headers } from '@reprise/common';

/** Under which header the context goes. */
export const TRACE_HEADER = '_tracer-data';

function activeCarrier(): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier, defaultTextMapSetter);
  return carrier;
}

/** The context in `headers`; undefined when there is none. */
export function extractContextFromHeaders(headers: Headers): Context | undefined {
  const payload = headers[TRACE_HEADER];
  if (payload === undefined) return undefined;
  const carrier = defaultPayloadConverter.fromPayload<Record<string, string>>(payload);
  return propagation.extract(context.active(), carrier, defaultTextMapGetter);
}

/** `headers` with the active context. */
export function headersWithContext(headers: Headers): Headers {
  return { ...headers, [TRACE_HEADER]: defaultPayloadConverter.toPayload(activeCarrier()) };
}

/** The context in the headers of a Nexus request, which are plain text; undefined when there are none. */
export function extractContextFromNexusHeaders(headers: Record<string, string>): Context | undefined {
  if (Object.keys(headers).length === 0) return undefined;
  return propagation.extract(context.active(), headers, defaultTextMapGetter);
}

/** The headers of a Nexus request with the active context. */
export function nexusHeadersWithContext(headers: Record<string, string>): Record<string, string> {
  return { ...headers, ...activeCarrier() };
}

import type { HistoryEvent } from './recorded-history.ts';
import { isPayload } from './is-payload.ts';

const text = new TextDecoder();

/** Encodings that payload converters read without a codec. */
const PLAIN = /^(?:json\/|binary\/(?:null|plain|protobuf)$)/;

/**
 * Why code could not make values of the payloads of a history: because they are encoded, or damaged. Looked for when code
 * has thrown, since it takes as long as a replay.
 */
export function findUnreadablePayload(events: readonly HistoryEvent[]): string | undefined {
  for (const event of events) {
    const problem = problemIn(event);
    if (problem !== undefined) return `event ${event.eventId}: ${problem}`;
  }
  return undefined;
}

function problemIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  if (isPayload(value)) {
    const encoding = text.decode(value.metadata?.['encoding'] ?? new Uint8Array(0));
    if (encoding === '') return 'a payload does not say how it is encoded: were payloads decoded in the export?';
    if (!PLAIN.test(encoding))
      return `a payload is encoded as '${encoding}': give the codecs, or the converter, of the workers that wrote it`;
    if (encoding === 'json/plain' && !isJson(text.decode(value.data ?? new Uint8Array(0))))
      return 'a payload that says it is json/plain is not JSON: it is damaged, or encoded by a codec that does not say so';
    return undefined;
  }
  // A payload that lost its metadata is an empty object in a list of them.
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'payloads' && Array.isArray(inner) && inner.some((each) => !isPayload(each)))
      return 'a payload does not say how it is encoded: were payloads decoded in the export?';
    const problem = problemIn(inner);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isJson(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

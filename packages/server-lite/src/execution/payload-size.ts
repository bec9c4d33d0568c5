/** The bytes that payloads take on the wire. */
import { encodeMessage } from '@reprise/proto';
import { utf8Length } from './utf8-length.ts';
import type { Failure, HistoryEvent, Payload, Payloads } from './wire.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const varint = (value: number): number => (value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : 4);
const field = (bytes: number): number => 1 + varint(bytes) + bytes;

function payloadSize(payload: Payload): number {
  let bytes = payload.data?.length ? field(payload.data.length) : 0;
  for (const [key, value] of Object.entries(payload.metadata ?? {}))
    bytes += field(field(key.length) + field(value.length));
  return bytes;
}

export function payloadsBytes(payloads: Payloads | null | undefined): number {
  return (payloads?.payloads ?? []).reduce((sum, payload) => sum + field(payloadSize(payload)), 0);
}

export function fieldsBytes(fields: { [key: string]: Payload } | null | undefined): number {
  return Object.entries(fields ?? {}).reduce(
    (sum, [key, payload]) => sum + field(field(key.length) + field(payloadSize(payload))),
    0,
  );
}

export const payloadBytes = (payload: Payload | null | undefined): number => (payload ? payloadSize(payload) : 0);

export const failureBytes = (failure: Failure): number =>
  encodeMessage('temporal.api.failure.v1.Failure', failure).length;

export const eventBytes = (event: HistoryEvent): number =>
  encodeMessage('temporal.api.history.v1.HistoryEvent', event).length;

const textOverhead = 4;
const infoOverhead = 8;
const deepestKept = 20;

/** As much of a failure as is allowed to stay: its texts, cut, and those of its causes. */
export function truncatedFailure(failure: Failure, mostBytes: number, depth = deepestKept): Failure {
  let left = mostBytes;
  const cut = (text: string | null | undefined): string => {
    const kept = cutUtf8(text ?? '', left);
    if (kept !== '') left -= utf8Length(kept) + textOverhead;
    return kept;
  };
  const truncated: Failure = {};
  const { applicationFailureInfo: application, serverFailureInfo: server } = failure;
  if (application) {
    const nonRetryable = application.nonRetryable ?? false;
    truncated.applicationFailureInfo = { nonRetryable, type: cut(application.type) };
    left -= infoOverhead;
  } else if (server) {
    truncated.serverFailureInfo = { nonRetryable: server.nonRetryable ?? false };
    left -= textOverhead;
  }
  for (const field of ['source', 'message', 'stackTrace'] as const) truncated[field] = cut(failure[field]);
  if (failure.cause && left > textOverhead && depth > 0) {
    truncated.cause = truncatedFailure(failure.cause, left - textOverhead, depth - 1);
  }
  return truncated;
}

/** At most so many bytes of a text, of whole characters. */
function cutUtf8(text: string, mostBytes: number): string {
  if (utf8Length(text) <= mostBytes) return text;
  const bytes = encoder.encode(text);
  let end = Math.max(0, mostBytes);
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return decoder.decode(bytes.subarray(0, end));
}

import type { temporal } from '@reprise/proto';

type Payload = temporal.api.common.v1.Payload;

/** Payloads on one line, for people: JSON as it is, anything else by its encoding and size. */
export function payloadsText(payloads: readonly Payload[] | null | undefined): string {
  return (payloads ?? []).map(payloadText).join(', ');
}

function payloadText(payload: Payload): string {
  const encoding = Buffer.from(payload.metadata?.['encoding'] ?? []).toString();
  const data = payload.data ?? new Uint8Array(0);
  if (encoding === 'binary/null') return 'undefined';
  if (encoding === 'json/plain' || encoding === 'json/protobuf') return Buffer.from(data).toString();
  return `<${encoding || 'no encoding'}, ${data.length} bytes>`;
}

/** The bytes that payloads take on the wire. */
import type { Failure, Payload, Payloads } from './wire.ts';

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

const messageOverhead = 8;

/** As much of a failure as is allowed to stay: its message and type, cut. */
export function truncatedFailure(failure: Failure, mostBytes: number): Failure {
  const info = failure.applicationFailureInfo;
  const rest = field(info ? field(info.type?.length ?? 0) : 0) + (failure.source ? field(failure.source.length) : 0);
  const message = (failure.message ?? '').slice(0, Math.max(0, mostBytes - rest - messageOverhead));
  return {
    message,
    ...(failure.source ? { source: failure.source } : {}),
    ...(info
      ? {
          applicationFailureInfo: {
            ...(info.type ? { type: info.type } : {}),
            ...(info.nonRetryable ? { nonRetryable: true } : {}),
          },
        }
      : {}),
  };
}

/** The headers of a call, as HTTP/2 carries them. */
import type { CallOptions } from '@reprise/proto';
import type { HeaderList } from '@reprise/proto/http2';

/** What the calls of a channel have in common. */
export interface CallIdentity {
  readonly authority: string;
  readonly isSecure: boolean;
  readonly userAgent: string;
  /** How messages are compressed that say they are. */
  readonly encoding: string | undefined;
}

/**
 * @throws Error for keys and values that cannot be sent, in the words of gRPC.
 */
export function callHeaders(
  path: string,
  { authority, isSecure, userAgent, encoding }: CallIdentity,
  metadata: CallOptions['metadata'],
): HeaderList {
  return [
    [':method', 'POST'],
    [':scheme', isSecure ? 'https' : 'http'],
    [':path', path],
    [':authority', authority],
    ['content-type', 'application/grpc'],
    ['te', 'trailers'],
    ['user-agent', userAgent],
    ['grpc-accept-encoding', 'identity,deflate,gzip'],
    ...(encoding === undefined ? [] : [['grpc-encoding', encoding] as const]),
    ...Object.entries(metadata ?? {}).map(([key, value]) => [key, valueOf(key, value)] as const),
  ];
}

function valueOf(key: string, value: string | Uint8Array): string {
  if (!/^[0-9a-z_.-]+$/.test(key)) throw new Error(`Metadata key "${key}" contains illegal characters`);
  if (key.endsWith('-bin')) {
    if (typeof value === 'string') throw new Error("keys that end with '-bin' must have Buffer values");
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  }
  if (typeof value !== 'string') throw new Error("keys that don't end with '-bin' must have String values");
  if (!/^[ -~]*$/.test(value)) throw new Error(`Metadata string value "${value}" contains illegal characters`);
  return value;
}

const units = [
  ['m', 1],
  ['S', 1_000],
  ['M', 60_000],
  ['H', 3_600_000],
] as const;

/** How long the server has, with at most eight digits. */
export function grpcTimeout(leftMs: number): string {
  const atLeastZero = Math.max(0, leftMs);
  const [unit, unitMs] = units.find(([, ms]) => atLeastZero / ms < 1e8) ?? ['H', Number.POSITIVE_INFINITY];
  return unitMs === Number.POSITIVE_INFINITY ? '99999999H' : `${String(Math.ceil(atLeastZero / unitMs))}${unit}`;
}

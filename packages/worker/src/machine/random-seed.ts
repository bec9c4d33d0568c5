/**
 * The seed of a run's random numbers: SipHash-1-3 with a zero key over the UTF-8 bytes of the run id followed by 0xFF,
 * as eight big-endian bytes. 64-bit lanes are pairs of 32-bit halves, since this runs once for every run.
 */
import { encodeUtf8 } from '@reprise/common';

/** Four lanes of 64 bits, each `[high, low]`. */
type Lanes = Int32Array;

function add(v: Lanes, to: number, from: number): void {
  const low = ((v[to + 1] ?? 0) >>> 0) + ((v[from + 1] ?? 0) >>> 0);
  v[to] = ((v[to] ?? 0) + (v[from] ?? 0) + (low > 0xffffffff ? 1 : 0)) | 0;
  v[to + 1] = low | 0;
}

function xor(v: Lanes, to: number, from: number): void {
  v[to] = (v[to] ?? 0) ^ (v[from] ?? 0);
  v[to + 1] = (v[to + 1] ?? 0) ^ (v[from + 1] ?? 0);
}

function rotate(v: Lanes, lane: number, bits: number): void {
  const high = v[lane] ?? 0;
  const low = v[lane + 1] ?? 0;
  if (bits === 32) {
    v[lane] = low;
    v[lane + 1] = high;
    return;
  }
  v[lane] = (high << bits) | (low >>> (32 - bits));
  v[lane + 1] = (low << bits) | (high >>> (32 - bits));
}

const [V0, V1, V2, V3] = [0, 2, 4, 6] as const;

function round(v: Lanes): void {
  add(v, V0, V1);
  rotate(v, V1, 13);
  xor(v, V1, V0);
  rotate(v, V0, 32);
  add(v, V2, V3);
  rotate(v, V3, 16);
  xor(v, V3, V2);
  add(v, V0, V3);
  rotate(v, V3, 21);
  xor(v, V3, V0);
  add(v, V2, V1);
  rotate(v, V1, 17);
  xor(v, V1, V2);
  rotate(v, V2, 32);
}

function compress(v: Lanes, high: number, low: number): void {
  v[V3] = (v[V3] ?? 0) ^ high;
  v[V3 + 1] = (v[V3 + 1] ?? 0) ^ low;
  round(v);
  v[V0] = (v[V0] ?? 0) ^ high;
  v[V0 + 1] = (v[V0 + 1] ?? 0) ^ low;
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

/** Eight bytes, big-endian, that seed the random numbers of the run whose original execution run id is `runId`. */
export function randomSeedOf(runId: string): number[] {
  const text = encodeUtf8(runId);
  const length = text.length + 1;
  const bytes = new Uint8Array(length);
  bytes.set(text);
  bytes[length - 1] = 0xff;
  const v = new Int32Array([
    0x736f6d65, 0x70736575, 0x646f7261, 0x6e646f6d, 0x6c796765, 0x6e657261, 0x74656462, 0x79746573,
  ]);
  const whole = length - (length % 8);
  for (let at = 0; at < whole; at += 8) compress(v, word(bytes, at + 4), word(bytes, at));
  const tail = new Uint8Array(8);
  tail.set(bytes.subarray(whole));
  compress(v, word(tail, 4) | ((length & 0xff) << 24), word(tail, 0));
  v[V2 + 1] = (v[V2 + 1] ?? 0) ^ 0xff;
  round(v);
  round(v);
  round(v);
  xor(v, V0, V1);
  xor(v, V0, V2);
  xor(v, V0, V3);
  const out = new DataView(new ArrayBuffer(8));
  out.setInt32(0, v[0] ?? 0);
  out.setInt32(4, v[1] ?? 0);
  return [...new Uint8Array(out.buffer)];
}

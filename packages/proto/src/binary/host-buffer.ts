/**
 * `Buffer` where Node is the host; elsewhere, as in workflow code, the part of it that this package uses. Looked up on the
 * global object instead of imported, so that the package loads without a host.
 */
import type { Buffer } from 'node:buffer';

/** What this package does with bytes. */
export interface HostBuffer extends Uint8Array<ArrayBuffer> {
  readFloatLE(offset: number): number;
  readDoubleLE(offset: number): number;
  subarray(start?: number, end?: number): HostBuffer;
  toString(encoding?: 'utf8' | 'base64', start?: number, end?: number): string;
  /** Returns how many bytes it wrote. */
  write(text: string, offset: number, encoding: 'utf8'): number;
}

interface HostBufferClass {
  /** A view. */
  from(buffer: ArrayBufferLike, offset: number, length: number): HostBuffer;
  /** A copy. */
  from(bytes: Uint8Array): HostBuffer;
  from(text: string, encoding: 'base64'): HostBuffer;
  allocUnsafeSlow(size: number): HostBuffer;
  isBuffer(value: unknown): boolean;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Exported for its test. */
export class PortableBuffer extends Uint8Array {
  static fromParts(source: ArrayBufferLike | Uint8Array | string, offset?: unknown, length?: number): PortableBuffer {
    if (typeof source === 'string') return fromBase64(source);
    if (source instanceof Uint8Array) return copyOf(source);
    return new PortableBuffer(source as ArrayBuffer, Number(offset), length);
  }

  readFloatLE(offset: number): number {
    return this.#view().getFloat32(offset, true);
  }

  readDoubleLE(offset: number): number {
    return this.#view().getFloat64(offset, true);
  }

  override toString(encoding: 'utf8' | 'base64' = 'utf8', start = 0, end = this.length): string {
    const part = this.subarray(start, end);
    return encoding === 'base64' ? toBase64(part) : new TextDecoder('utf-8', { ignoreBOM: true }).decode(part);
  }

  write(text: string, offset: number): number {
    const bytes = new TextEncoder().encode(text);
    this.set(bytes, offset);
    return bytes.length;
  }

  #view(): DataView {
    return new DataView(this.buffer, this.byteOffset, this.byteLength);
  }
}

const portable: HostBufferClass = {
  from: (source: ArrayBufferLike | Uint8Array | string, offset?: unknown, length?: number): HostBuffer =>
    PortableBuffer.fromParts(source, offset, length) as unknown as HostBuffer,
  allocUnsafeSlow: (size) => new PortableBuffer(size) as unknown as HostBuffer,
  isBuffer: () => false,
};

const ofHost = (globalThis as { Buffer?: typeof Buffer }).Buffer as HostBufferClass | undefined;

/** `Buffer`, or what stands for it. */
export const HostBuffer: HostBufferClass = ofHost ?? portable;

/** A copy to hand out: a `Buffer` where the host has it. */
export function copyOut(bytes: HostBuffer): Uint8Array<ArrayBuffer> {
  return ofHost === undefined ? new Uint8Array(bytes) : ofHost.from(bytes);
}

/** Whether the bytes are UTF-8 throughout. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function copyOf(bytes: Uint8Array): PortableBuffer {
  const copy = new PortableBuffer(bytes.length);
  copy.set(bytes);
  return copy;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const digits = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    const known = Math.min(bytes.length - at, 3) + 1;
    text += digits.map((digit, index) => (index < known ? ALPHABET.charAt(digit) : '=')).join('');
  }
  return text;
}

/** Skips what is no digit, as `Buffer` does. */
function fromBase64(text: string): PortableBuffer {
  const digits = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .split('')
    .map((letter) => ALPHABET.indexOf(letter));
  const known = digits.filter((digit) => digit >= 0);
  const bytes = new PortableBuffer((known.length * 3) >> 2);
  for (let at = 0; at < bytes.length; at++) {
    const first = Math.floor((at * 4) / 3);
    const pair = ((known[first] ?? 0) << 6) | (known[first + 1] ?? 0);
    bytes[at] = pair >> (4 - 2 * (at % 3));
  }
  return bytes;
}

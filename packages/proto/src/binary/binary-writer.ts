import { copyOut, HostBuffer } from './host-buffer.ts';
import { integerFrom } from './int64-halves.ts';

const TWO_32 = 4294967296;
const FIRST_SIZE = 16 * 1024;
const KEPT_SIZE = 1024 * 1024;

/**
 * Owns one growing buffer, used again for the next message.
 * I1: before a write, `reserve` has made room for all of its bytes.
 * I2: `begin` leaves one byte for a length; `end` moves what follows when the length needs more.
 */
export class BinaryWriter {
  #buffer = HostBuffer.allocUnsafeSlow(FIRST_SIZE);
  #view = new DataView(this.#buffer.buffer);
  #position = 0;

  reset(): void {
    this.#position = 0;
    if (this.#buffer.length > KEPT_SIZE) this.#replace(HostBuffer.allocUnsafeSlow(FIRST_SIZE));
  }

  finish(): Uint8Array<ArrayBuffer> {
    return copyOut(this.#buffer.subarray(0, this.#position));
  }

  uint32(value: number): void {
    this.#reserve(5);
    let rest = value >>> 0;
    const buffer = this.#buffer;
    let at = this.#position;
    while (rest > 127) {
      buffer[at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    buffer[at++] = rest;
    this.#position = at;
  }

  int32(value: number): void {
    if (typeof value !== 'number') throw new TypeError(`expected a number, found ${typeof value}`);
    const whole = value | 0;
    if (whole >= 0) this.uint32(whole);
    else this.#halves(whole >>> 0, 0xffffffff);
  }

  /** Signed and unsigned alike: both are written as their 64 bits. */
  int64(value: unknown): void {
    if (typeof value === 'number' && Number.isInteger(value)) {
      if (value >= 0 && value <= 0xffffffff) return this.uint32(value);
      if (value >= -0x8000000000000000 && value < 0x10000000000000000) {
        const high = Math.floor(value / TWO_32);
        return this.#halves(value - high * TWO_32, high >>> 0);
      }
    }
    const bits = BigInt.asUintN(64, integerFrom(value));
    this.#halves(Number(bits & 0xffffffffn), Number(bits >> 32n));
  }

  bool(value: boolean): void {
    this.#reserve(1);
    this.#buffer[this.#position++] = value ? 1 : 0;
  }

  float(value: number): void {
    this.#reserve(4);
    this.#view.setFloat32(this.#position, value, true);
    this.#position += 4;
  }

  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#position, value, true);
    this.#position += 8;
  }

  fixed64(value: bigint): void {
    this.#reserve(8);
    this.#view.setBigUint64(this.#position, BigInt.asUintN(64, value), true);
    this.#position += 8;
  }

  bytes(value: Uint8Array): void {
    if (!(value instanceof Uint8Array)) throw new TypeError(`expected a Uint8Array, found ${typeof value}`);
    this.uint32(value.length);
    this.#reserve(value.length);
    this.#buffer.set(value, this.#position);
    this.#position += value.length;
  }

  string(value: string): void {
    if (typeof value !== 'string') throw new TypeError(`expected a string, found ${typeof value}`);
    const length = value.length;
    this.#reserve(length * 3 + 5);
    if (length >= 64 || !this.#shortAscii(value)) this.#utf8(value);
  }

  /** Opens a length-delimited value; hand the result to `end`. */
  begin(): number {
    this.#reserve(1);
    return this.#position++;
  }

  end(start: number): void {
    const length = this.#position - start - 1;
    if (length < 128) {
      this.#buffer[start] = length;
      return;
    }
    const more = lengthSize(length) - 1;
    this.#reserve(more);
    this.#buffer.copyWithin(start + 1 + more, start + 1, this.#position);
    this.#position = start;
    this.uint32(length);
    this.#position += length;
  }

  #shortAscii(value: string): boolean {
    const buffer = this.#buffer;
    const start = this.#position;
    const length = value.length;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 127) return false;
      buffer[start + 1 + i] = code;
    }
    buffer[start] = length;
    this.#position = start + 1 + length;
    return true;
  }

  #utf8(value: string): void {
    const start = this.#position++;
    this.#position += this.#buffer.write(value, this.#position, 'utf8');
    this.end(start);
  }

  #halves(low: number, high: number): void {
    this.#reserve(10);
    const buffer = this.#buffer;
    let at = this.#position;
    let lowRest = low;
    let highRest = high;
    while (highRest !== 0) {
      buffer[at++] = (lowRest & 127) | 128;
      lowRest = ((lowRest >>> 7) | (highRest << 25)) >>> 0;
      highRest >>>= 7;
    }
    this.#position = at;
    this.uint32(lowRest);
  }

  #reserve(bytes: number): void {
    const needed = this.#position + bytes;
    if (needed <= this.#buffer.length) return;
    const bigger = HostBuffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, needed));
    bigger.set(this.#buffer.subarray(0, this.#position));
    this.#replace(bigger);
  }

  #replace(buffer: HostBuffer): void {
    this.#buffer = buffer;
    this.#view = new DataView(buffer.buffer);
  }
}

function lengthSize(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x4000) return 2;
  if (length < 0x200000) return 3;
  return length < 0x10000000 ? 4 : 5;
}

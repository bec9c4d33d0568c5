import { HostBuffer, isUtf8 } from './host-buffer.ts';
import { signedFromHalves, unsignedFromHalves } from './int64-halves.ts';
import { MalformedMessageError } from './malformed-message-error.ts';

const DEEPEST_GROUP = 100;

/**
 * Owns the position in one buffer. Reads may run past the end of a nested value, never past the buffer: whoever opened
 * the nested value compares `position` with its end.
 */
export class BinaryReader {
  readonly #buffer: HostBuffer;
  position = 0;
  #low = 0;
  #high = 0;

  readonly #givesSource: boolean;

  /** @param options.asSource give bytes as `Buffer` when the source is one; default: always as Uint8Array */
  constructor(bytes: Uint8Array, options: { asSource?: boolean } = {}) {
    this.#givesSource = options.asSource === true && HostBuffer.isBuffer(bytes);
    this.#buffer = HostBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint32(): number {
    const byte = this.#buffer[this.position];
    if (byte !== undefined && byte < 128) {
      this.position++;
      return byte;
    }
    this.#varint();
    return this.#low;
  }

  int32(): number {
    return this.uint32() | 0;
  }

  int64(): number {
    this.#varint();
    return this.#high === 0 ? this.#low : signedFromHalves(this.#low, this.#high);
  }

  uint64(): number {
    this.#varint();
    return this.#high === 0 ? this.#low : unsignedFromHalves(this.#low, this.#high);
  }

  bool(): boolean {
    this.#varint();
    return this.#low !== 0 || this.#high !== 0;
  }

  float(): number {
    return this.#buffer.readFloatLE(this.#skipBytes(4));
  }

  double(): number {
    return this.#buffer.readDoubleLE(this.#skipBytes(8));
  }

  /** Reads a length and gives the position where that many bytes end. */
  end(): number {
    const length = this.uint32();
    const end = this.position + length;
    if (end > this.#buffer.length) {
      throw this.malformed(`a length of ${length} bytes, of which ${this.#buffer.length - this.position} are there`);
    }
    return end;
  }

  bytes(): Uint8Array {
    const end = this.end();
    const buffer = this.#buffer;
    const bytes = this.#givesSource
      ? buffer.subarray(this.position, end)
      : new Uint8Array(buffer.buffer, buffer.byteOffset + this.position, end - this.position);
    this.position = end;
    return bytes;
  }

  string(): string {
    const end = this.end();
    const start = this.position;
    const text = this.#buffer.toString('utf8', start, end);
    this.position = end;
    if (text.includes('\ufffd') && !isUtf8(this.#buffer.subarray(start, end))) {
      throw this.malformed('text that is not UTF-8');
    }
    return text;
  }

  /** Steps over the value of a field that nobody knows. */
  skip(tag: number, depth = 0): void {
    const wireType = tag & 7;
    if (tag >>> 3 === 0) throw this.malformed('field number 0');
    if (wireType === 0) this.#varint();
    else if (wireType === 1) this.#skipBytes(8);
    else if (wireType === 2) this.position = this.end();
    else if (wireType === 3) this.#skipGroup(tag, depth + 1);
    else if (wireType === 5) this.#skipBytes(4);
    else throw this.malformed(wireType === 4 ? 'the end of a group that did not start' : `wire type ${wireType}`);
  }

  malformed(found: string): MalformedMessageError {
    return new MalformedMessageError(
      `Malformed protobuf: ${found}, at byte ${this.position} of ${this.#buffer.length}`,
    );
  }

  #skipGroup(tag: number, depth: number): void {
    if (depth > DEEPEST_GROUP) throw this.malformed(`groups nested deeper than ${DEEPEST_GROUP}`);
    for (;;) {
      const inner = this.uint32();
      if (inner === tag + 1) return;
      this.skip(inner, depth);
    }
  }

  #skipBytes(count: number): number {
    const start = this.position;
    if (start + count > this.#buffer.length) throw this.malformed(`the end of the bytes within a ${count}-byte number`);
    this.position = start + count;
    return start;
  }

  #varint(): void {
    const buffer = this.#buffer;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = buffer[this.position++];
      if (byte === undefined) {
        this.position = buffer.length;
        throw this.malformed('the end of the bytes within a number');
      }
      if (shift < 28) low |= (byte & 127) << shift;
      else if (shift === 28) {
        low |= (byte & 127) << 28;
        high = (byte & 127) >>> 4;
      } else high |= (byte & 127) << (shift - 32);
      if (byte < 128) {
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return;
      }
    }
    throw this.malformed('a number of more than ten bytes');
  }
}

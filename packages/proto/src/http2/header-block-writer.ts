import { Buffer } from 'node:buffer';
import type { HeaderField } from './header-field.ts';
import { staticNames } from './static-table.ts';

/** A text that is longer is copied by the runtime. */
const shortText = 32;
/** The most bytes that the head of a field or of a text takes. */
const headBytes = 6;

/** How the other side treats a field that is written out: the first byte, and how many bits of it are the index. */
export const Literal = {
  /** It remembers it. */
  REMEMBERED: [0x40, 6],
  /** It does not. */
  ONCE: [0x00, 4],
} as const;

/** Writes header blocks (RFC 7541, section 6), one after the other. */
export class HeaderBlockWriter {
  #bytes = Buffer.allocUnsafeSlow(256);
  #length = 0;

  /** A number that begins in the last `bits` bits of the byte `first`. */
  integer(first: number, bits: number, value: number): void {
    this.#reserve(headBytes);
    const most = (1 << bits) - 1;
    if (value < most) {
      this.#bytes[this.#length++] = first | value;
      return;
    }
    this.#bytes[this.#length++] = first | most;
    let rest = value - most;
    for (; rest >= 128; rest >>>= 7) this.#bytes[this.#length++] = (rest & 127) | 128;
    this.#bytes[this.#length++] = rest;
  }

  /** A field that the other side knows by its index. */
  known(index: number): void {
    this.integer(0x80, 7, index);
  }

  literal([first, bits]: readonly [number, number], field: HeaderField): void {
    const name = field[0];
    const index = staticNames.get(name)?.index ?? 0;
    this.integer(first, bits, index);
    if (index === 0) this.#text(name);
    this.#text(field[1]);
  }

  /** What has been written, as bytes of their own. The next block begins. */
  take(): Buffer {
    const block = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return block;
  }

  #text(text: string): void {
    const { length } = text;
    this.integer(0x00, 7, length);
    this.#reserve(length);
    if (length > shortText) this.#bytes.write(text, this.#length, 'latin1');
    else for (let at = 0; at < length; at++) this.#bytes[this.#length + at] = text.charCodeAt(at);
    this.#length += length;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(needed * 2);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

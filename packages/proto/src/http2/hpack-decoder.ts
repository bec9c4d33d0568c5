import { Buffer } from 'node:buffer';
import { fieldBytes, HeaderTable, type HeaderField } from './header-table.ts';
import { Http2Error, Http2ErrorCode } from './http2-error.ts';
import { decodeHuffman, longestDecoded } from './huffman.ts';

/** What an endpoint that has not said otherwise lets the other one remember. */
export const defaultTableBytes = 4096;

export interface DecodedHeaders {
  readonly fields: readonly HeaderField[];
  /** Larger than allowed: `fields` has only the beginning. */
  readonly tooLarge: boolean;
}

const bad = (what: string): Http2Error => new Http2Error(Http2ErrorCode.COMPRESSION_ERROR, what);
const largestInteger = 2 ** 28;

/**
 * Reads the header blocks of one direction of one connection, all of them and in order: each may refer to those before it.
 *
 * @example
 * const headers = new HpackDecoder({ mostListBytes: 65_536 });
 * const { fields } = headers.decode(block);
 */
export class HpackDecoder {
  readonly #table = new HeaderTable(defaultTableBytes);
  readonly #mostListBytes: number;
  #scratch = Buffer.allocUnsafe(256);
  #block: Buffer = Buffer.alloc(0);
  #at = 0;

  /** @param options `mostListBytes`: a list that counts for more is decoded, but not kept */
  constructor(options: { mostListBytes: number }) {
    this.#mostListBytes = options.mostListBytes;
  }

  /** @throws Http2Error COMPRESSION_ERROR, after which the connection cannot go on */
  decode(block: Buffer): DecodedHeaders {
    this.#block = block;
    this.#at = 0;
    const fields: HeaderField[] = [];
    let bytes = 0;
    while (this.#at < block.length) {
      const field = this.#next(fields.length === 0 && bytes === 0);
      if (!field) continue;
      bytes += fieldBytes(field);
      if (bytes <= this.#mostListBytes) fields.push(field);
    }
    return { fields, tooLarge: bytes > this.#mostListBytes };
  }

  #next(isFirst: boolean): HeaderField | undefined {
    const first = this.#block[this.#at] as number;
    if (first & 0x80) return this.#known(this.#integer(7));
    if (first & 0x40) {
      const field = this.#literal(6);
      this.#table.add(field);
      return field;
    }
    if ((first & 0x20) === 0) return this.#literal(4);
    const mostBytes = this.#integer(5);
    if (!isFirst) throw bad('expected sizes of the header table at the start of a block only');
    if (mostBytes > defaultTableBytes) throw bad(`expected a header table of ${defaultTableBytes} bytes at most`);
    this.#table.resize(mostBytes);
    return undefined;
  }

  #known(index: number): HeaderField {
    const known = this.#table.at(index);
    if (!known) throw bad(`expected an index of the header table, found ${index}`);
    return known;
  }

  #literal(prefixBits: number): HeaderField {
    const index = this.#integer(prefixBits);
    const name = index === 0 ? this.#text() : this.#known(index).name;
    return { name, value: this.#text() };
  }

  #integer(prefixBits: number): number {
    const most = (1 << prefixBits) - 1;
    let value = (this.#block[this.#at++] ?? 0) & most;
    if (value < most) return value;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#block[this.#at++];
      if (byte === undefined) throw bad('expected the rest of a number, found the end of the block');
      value += (byte & 127) * scale;
      if (value > largestInteger) throw bad('expected a number of 28 bits at most');
      if (byte < 128) return value;
    }
  }

  #text(): string {
    const isHuffman = ((this.#block[this.#at] ?? 0) & 0x80) !== 0;
    const length = this.#integer(7);
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#block.length) throw bad('expected a text, found the end of the block');
    if (!isHuffman) return this.#block.toString('latin1', start, this.#at);
    const longest = longestDecoded(length);
    if (longest > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(longest);
    const written = decodeHuffman(this.#block.subarray(start, this.#at), this.#scratch);
    if (written < 0) throw bad('expected a text in the Huffman code');
    return this.#scratch.toString('latin1', 0, written);
  }
}

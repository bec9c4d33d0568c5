import { Buffer } from 'node:buffer';
import { defaultTableBytes, DynamicTable } from './dynamic-table.ts';
import { fieldBytes, type HeaderField } from './header-field.ts';
import { Http2Error, Http2ErrorCode } from './http2-error.ts';
import { decodeHuffman } from './huffman.ts';
import { staticTable } from './static-table.ts';

/** Who gets the fields of a block. */
export interface HeaderTaker {
  takeHeader(field: HeaderField): void;
}

/** A text that is longer is made by the runtime. */
const shortText = 8;

const nothing = Buffer.alloc(0);

const malformed = (what: string): Http2Error =>
  new Http2Error(Http2ErrorCode.COMPRESSION_ERROR, `malformed headers were received: ${what}`);

/**
 * Reads the header blocks of one direction of one connection (RFC 7541), all of them and in order: each may refer to those
 * before it.
 *
 * @example
 * const headers = new HeaderDecoder({ mostListBytes: 65_536 });
 * headers.decode(block, 0, block.length, { takeHeader: ([name, value]) => console.log(name, value) });
 */
export class HeaderDecoder {
  readonly #table = new DynamicTable();
  readonly #mostListBytes: number;
  #bytes: Buffer = nothing;
  #at = 0;
  #end = 0;

  /** @param options `mostListBytes`: of a block that counts for more, decoded, only the beginning is given */
  constructor(options: { mostListBytes: number }) {
    this.#mostListBytes = options.mostListBytes;
  }

  /**
   * @param start where in `bytes` the block is, up to `end`
   * @returns whether all fields were given
   * @throws Http2Error COMPRESSION_ERROR, after which the connection cannot go on
   */
  decode(bytes: Buffer, start: number, end: number, taker: HeaderTaker): boolean {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    let listBytes = 0;
    let mayResize = true;
    while (this.#at < this.#end) {
      const first = bytes[this.#at] as number;
      if ((first & 0xe0) === 0x20) {
        if (!mayResize) throw malformed('the size of the table changes within a block');
        this.#resize();
        continue;
      }
      mayResize = false;
      const field = this.#field(first);
      // A few bytes may stand for a long field.
      listBytes += fieldBytes(field);
      if (listBytes <= this.#mostListBytes) taker.takeHeader(field);
    }
    this.#bytes = nothing;
    return listBytes <= this.#mostListBytes;
  }

  #field(first: number): HeaderField {
    if ((first & 0x80) !== 0) return this.#known(this.#integer(7));
    const isRemembered = (first & 0x40) !== 0;
    const index = this.#integer(isRemembered ? 6 : 4);
    const name = index === 0 ? this.#text() : this.#known(index)[0];
    const field: HeaderField = [name, this.#text()];
    if (isRemembered) this.#table.insert(field);
    return field;
  }

  #known(index: number): HeaderField {
    const field = index <= staticTable.length ? staticTable[index - 1] : this.#table.at(index - staticTable.length - 1);
    if (field === undefined) throw malformed(`header field ${index} is not known`);
    return field;
  }

  #resize(): void {
    const mostBytes = this.#integer(5);
    if (mostBytes > defaultTableBytes) throw malformed('the table is made larger than was allowed');
    this.#table.resize(mostBytes);
  }

  /** A number that begins in the last `bits` bits of the next byte. */
  #integer(bits: number): number {
    const most = (1 << bits) - 1;
    let value = (this.#bytes[this.#at++] as number) & most;
    if (value < most) return value;
    for (let shift = 0; shift <= 21; shift += 7) {
      if (this.#at >= this.#end) throw malformed('an integer has no end');
      const byte = this.#bytes[this.#at++] as number;
      value += (byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw malformed('an integer is too large');
  }

  #text(): string {
    if (this.#at >= this.#end) throw malformed('a string is missing');
    const isHuffman = ((this.#bytes[this.#at] as number) & 0x80) !== 0;
    const length = this.#integer(7);
    const start = this.#at;
    const end = start + length;
    if (end > this.#end) throw malformed('a string has no end');
    this.#at = end;
    if (!isHuffman) return latin1(this.#bytes, start, end);
    const text = decodeHuffman(this.#bytes, start, end);
    if (text === undefined) throw malformed('a string is not in the code that it is said to be in');
    return text;
  }
}

/** A character for each byte. */
function latin1(bytes: Buffer, start: number, end: number): string {
  if (end - start > shortText) return bytes.toString('latin1', start, end);
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}

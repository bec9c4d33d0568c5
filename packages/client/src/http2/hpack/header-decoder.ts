/** Reads the header blocks of a peer (RFC 7541), and remembers what it is told to. */
import { ErrorCode } from '../frame.ts';
import { Http2Error } from '../http2-error.ts';
import { DEFAULT_TABLE_BYTES, DynamicTable, fieldBytes } from './dynamic-table.ts';
import { decodeHuffman } from './huffman.ts';
import { staticTable } from './static-table.ts';
import type { HeaderField } from './static-table.ts';

/** Who gets the fields of a block. */
export interface HeaderTaker {
  takeHeader(name: string, value: string): void;
}

/** Of one block, decoded: a few bytes may stand for a long field. */
const MAX_LIST_BYTES = 1024 * 1024;

/** A header block, and how far it has been read. */
export class HeaderDecoder {
  readonly #table = new DynamicTable();
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  /** @throws Http2Error when the bytes are not a header block, or decode to more than a megabyte. */
  decode(bytes: Uint8Array, start: number, end: number, taker: HeaderTaker): void {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    let listBytes = 0;
    let mayResize = true;
    while (this.#at < this.#end) {
      const first = this.#bytes[this.#at] ?? 0;
      if ((first & 0xe0) === 0x20) {
        if (!mayResize) throw malformed('the size of the table changes within a block');
        this.#resize();
        continue;
      }
      mayResize = false;
      const field = this.#field(first);
      listBytes += fieldBytes(field);
      if (listBytes > MAX_LIST_BYTES) throw new Http2Error(ErrorCode.enhanceYourCalm, 'too many headers were received');
      taker.takeHeader(field[0], field[1]);
    }
  }

  #field(first: number): HeaderField {
    if ((first & 0x80) !== 0) return this.#known(this.#integer(7));
    const isRemembered = (first & 0x40) !== 0;
    const nameIndex = this.#integer(isRemembered ? 6 : 4);
    const name = nameIndex === 0 ? this.#string() : this.#known(nameIndex)[0];
    const field: HeaderField = [name, this.#string()];
    if (isRemembered) this.#table.insert(field);
    return field;
  }

  #known(index: number): HeaderField {
    const field = index <= staticTable.length ? staticTable[index - 1] : this.#table.at(index - staticTable.length - 1);
    if (field === undefined) throw malformed(`header field ${String(index)} is not known`);
    return field;
  }

  #resize(): void {
    const maxBytes = this.#integer(5);
    if (maxBytes > DEFAULT_TABLE_BYTES) throw malformed('the table is made larger than was allowed');
    this.#table.resize(maxBytes);
  }

  /** An integer that begins in the last `bits` bits of the next byte. */
  #integer(bits: number): number {
    const most = (1 << bits) - 1;
    let value = (this.#bytes[this.#at++] ?? 0) & most;
    if (value < most) return value;
    for (let shift = 0; shift <= 21; shift += 7) {
      if (this.#at >= this.#end) throw malformed('an integer has no end');
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value;
    }
    throw malformed('an integer is too large');
  }

  #string(): string {
    if (this.#at >= this.#end) throw malformed('a string is missing');
    const isHuffman = ((this.#bytes[this.#at] ?? 0) & 0x80) !== 0;
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

/** A character for each octet. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 64) return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

function malformed(what: string): Http2Error {
  return new Http2Error(ErrorCode.compressionError, `malformed headers were received: ${what}`);
}

/** TextEncoder and TextDecoder in plain JavaScript: UTF-8, UTF-16LE and Latin-1. */
import { encodeUtf8 } from '@reprise/common';

export class TextEncoder {
  readonly encoding = 'utf-8';

  encode(text: unknown = ''): Uint8Array {
    return encodeUtf8(String(text));
  }

  encodeInto(text: unknown, target: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    for (const character of String(text)) {
      const bytes = encodeUtf8(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      read += character.length;
      written += bytes.length;
    }
    return { read, written };
  }
}

const LABELS: Readonly<Record<string, 'utf-8' | 'utf-16le' | 'windows-1252'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
  ucs2: 'utf-16le',
  'ucs-2': 'utf-16le',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  ascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  'windows-1252': 'windows-1252',
};

export class TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  #rest: number[] = [];
  #begun = false;

  constructor(label = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const encoding = LABELS[String(label).trim().toLowerCase()];
    if (encoding === undefined) throw new RangeError(`The "${label}" encoding is not supported in workflow code`);
    this.encoding = encoding;
    this.fatal = Boolean(options.fatal);
    this.ignoreBOM = Boolean(options.ignoreBOM);
  }

  decode(input?: ArrayBuffer | ArrayBufferView, options: { stream?: boolean } = {}): string {
    const bytes = [...this.#rest, ...bytesOf(input)];
    this.#rest = [];
    const stream = options.stream === true;
    let text = this.#text(bytes, stream);
    if (!this.#begun && !this.ignoreBOM && text.startsWith('\uFEFF')) text = text.slice(1);
    this.#begun = stream;
    return text;
  }

  #text(bytes: number[], stream: boolean): string {
    if (this.encoding === 'windows-1252') return textOfUnits(bytes);
    if (this.encoding === 'utf-8') return this.#utf8(bytes, stream);
    const units: number[] = [];
    for (let i = 0; i + 1 < bytes.length; i += 2) units.push((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
    if (bytes.length % 2 === 1) {
      if (stream) this.#rest = bytes.slice(-1);
      else units.push(this.#malformed());
    }
    return textOfUnits(units);
  }

  #utf8(bytes: number[], stream: boolean): string {
    const units: number[] = [];
    for (let i = 0; i < bytes.length;) {
      const { length, code, cutShort } = sequenceAt(bytes, i);
      if (cutShort && stream) {
        this.#rest = bytes.slice(i);
        break;
      }
      i += length;
      if (code === undefined) units.push(this.#malformed());
      else if (code > 0xffff) units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
      else units.push(code);
    }
    return textOfUnits(units);
  }

  #malformed(): number {
    if (this.fatal) throw new TypeError(`The encoded data was not valid for encoding ${this.encoding}`);
    return 0xfffd;
  }
}

function bytesOf(input: ArrayBuffer | ArrayBufferView | undefined): Uint8Array {
  if (input === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  throw new TypeError('TextDecoder.decode expects an ArrayBuffer or a view of one');
}

/** One sequence of UTF-8, or as many bytes as belong to one replacement character. */
function sequenceAt(bytes: number[], at: number): { length: number; code: number | undefined; cutShort: boolean } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { length: 1, code: lead, cutShort: false };
  const size =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (size === 0) return { length: 1, code: undefined, cutShort: false };
  let code = lead & (0xff >> (size + 1));
  let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < size; i++) {
    const next = bytes[at + i];
    if (next === undefined) return { length: i, code: undefined, cutShort: true };
    if (next < low || next > high) return { length: i, code: undefined, cutShort: false };
    code = (code << 6) | (next & 0x3f);
    low = 0x80;
    high = 0xbf;
  }
  return { length: size, code, cutShort: false };
}

function textOfUnits(units: number[]): string {
  let text = '';
  for (let i = 0; i < units.length; i += 4096) text += String.fromCharCode(...units.slice(i, i + 4096));
  return text;
}

/**
 * Writes header blocks (RFC 7541). Fields that are sent again and again are remembered by the peer and become a byte each;
 * a block that consists of such bytes is kept, until the peer remembers something else.
 */
import { DEFAULT_TABLE_BYTES, DynamicTable, fieldBytes } from './dynamic-table.ts';
import { staticTable } from './static-table.ts';
import type { HeaderField } from './static-table.ts';

/** Fields in the order in which they are sent. The same object again is cheap to send. */
export type HeaderList = readonly HeaderField[];

interface Kept {
  /** What the peer had been told to remember by then. */
  readonly inserted: number;
  readonly block: Uint8Array;
}

const staticIndexes = indexesOf(staticTable.map(([name, value]) => `${name}\n${value}`));
const staticNames = indexesOf(staticTable.map(([name]) => name));

export class HeaderEncoder {
  readonly #table = new DynamicTable((field, number) => this.#forget(field, number));
  /** The number of each remembered field. */
  readonly #numbers = new Map<string, number>();
  #kept = new WeakMap<HeaderList, Kept>();
  /** Changes of the size of the table that the peer has to hear of: the smallest, and the last. */
  #resized: { least: number; last: number } | undefined;

  /** The peer remembers so much at most. */
  resize(maxBytes: number): void {
    const size = Math.min(maxBytes, DEFAULT_TABLE_BYTES);
    if (size === this.#table.maxBytes) return;
    this.#resized = { least: Math.min(size, this.#resized?.least ?? size), last: size };
    this.#table.resize(size);
    this.#kept = new WeakMap();
  }

  /** The bytes for these fields. They are to be sent before those of the next call. */
  encode(list: HeaderList): Uint8Array {
    const kept = this.#kept.get(list);
    if (kept !== undefined && kept.inserted === this.#table.inserted) return kept.block;
    const bytes: number[] = [];
    this.#putResized(bytes);
    const before = this.#table.inserted;
    for (const field of list) this.#putField(bytes, field);
    const block = Uint8Array.from(bytes);
    if (this.#table.inserted === before && this.#resized === undefined) {
      this.#kept.set(list, { inserted: before, block });
    }
    this.#resized = undefined;
    return block;
  }

  #putResized(bytes: number[]): void {
    if (this.#resized === undefined) return;
    const { least, last } = this.#resized;
    if (least < last) putInteger(bytes, 0x20, 5, least);
    putInteger(bytes, 0x20, 5, last);
  }

  #putField(bytes: number[], field: HeaderField): void {
    const [name, value] = field;
    const key = `${name}\n${value}`;
    const number = this.#numbers.get(key);
    const index =
      number === undefined ? staticIndexes.get(key) : staticTable.length + this.#table.inserted - number + 1;
    if (index !== undefined) {
      putInteger(bytes, 0x80, 7, index);
      return;
    }
    // What would push everything else out is not worth remembering.
    const isRemembered = fieldBytes(field) <= this.#table.maxBytes / 2;
    const nameIndex = staticNames.get(name) ?? 0;
    if (isRemembered) putInteger(bytes, 0x40, 6, nameIndex);
    else putInteger(bytes, 0x00, 4, nameIndex);
    if (nameIndex === 0) putString(bytes, name);
    putString(bytes, value);
    if (isRemembered) this.#numbers.set(key, this.#table.insert(field));
  }

  #forget([name, value]: HeaderField, number: number): void {
    const key = `${name}\n${value}`;
    if (this.#numbers.get(key) === number) this.#numbers.delete(key);
  }
}

/** A field that the peer is not to remember, because it is different each time; with a new name, and short. */
export function encodeOnce([name, value]: HeaderField): Uint8Array {
  const bytes = Buffer.allocUnsafe(3 + name.length + value.length);
  if (name.length > 126 || value.length > 126) throw new RangeError(`the header ${name} is too long to be sent once`);
  bytes[0] = 0x00;
  bytes[1] = name.length;
  bytes.write(name, 2, 'latin1');
  bytes[2 + name.length] = value.length;
  bytes.write(value, 3 + name.length, 'latin1');
  return bytes;
}

function putInteger(bytes: number[], first: number, bits: number, value: number): void {
  const most = (1 << bits) - 1;
  if (value < most) {
    bytes.push(first | value);
    return;
  }
  bytes.push(first | most);
  let rest = value - most;
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
}

function putString(bytes: number[], text: string): void {
  putInteger(bytes, 0x00, 7, text.length);
  for (let at = 0; at < text.length; at++) bytes.push(text.charCodeAt(at) & 0xff);
}

function indexesOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const indexes = new Map<string, number>();
  for (const [at, key] of keys.entries()) if (!indexes.has(key)) indexes.set(key, at + 1);
  return indexes;
}

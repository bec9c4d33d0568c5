/** The fields that one direction of a connection has remembered, newest first; the oldest make way. */
import type { HeaderField } from './static-table.ts';

/** What a field counts for beyond its characters. */
const FIELD_OVERHEAD = 32;

export const DEFAULT_TABLE_BYTES = 4_096;

/** The size that a field counts for; the bytes of its name and value are given as one character each. */
export function fieldBytes([name, value]: HeaderField): number {
  return name.length + value.length + FIELD_OVERHEAD;
}

export class DynamicTable {
  readonly #fields: HeaderField[] = [];
  readonly #onEvicted: ((field: HeaderField, number: number) => void) | undefined;
  #first = 0;
  #bytes = 0;
  #maxBytes = DEFAULT_TABLE_BYTES;
  #inserted = 0;

  /** `onEvicted` is told of fields that have made way, with the number that `insert` gave. */
  constructor(onEvicted?: (field: HeaderField, number: number) => void) {
    this.#onEvicted = onEvicted;
  }

  /** Fields that were ever inserted. */
  get inserted(): number {
    return this.#inserted;
  }

  get maxBytes(): number {
    return this.#maxBytes;
  }

  /** Makes room for so much from now on. */
  resize(maxBytes: number): void {
    this.#maxBytes = maxBytes;
    this.#makeRoom(0);
  }

  /** The field that was inserted `age` insertions ago, from 0; undefined when there is none. */
  at(age: number): HeaderField | undefined {
    const index = this.#fields.length - 1 - age;
    return index < this.#first ? undefined : this.#fields[index];
  }

  /** Gives the number of the field: 1 for the first ever. One that is larger than the table empties it. */
  insert(field: HeaderField): number {
    const bytes = fieldBytes(field);
    this.#makeRoom(bytes);
    const number = ++this.#inserted;
    this.#fields.push(field);
    if (bytes > this.#maxBytes) this.#evict();
    else this.#bytes += bytes;
    return number;
  }

  #makeRoom(bytes: number): void {
    while (this.#bytes + bytes > this.#maxBytes && this.#first < this.#fields.length) {
      const oldest = this.#fields[this.#first];
      if (oldest !== undefined) this.#bytes -= fieldBytes(oldest);
      this.#evict();
    }
  }

  #evict(): void {
    const oldest = this.#fields[this.#first];
    const number = this.#inserted - (this.#fields.length - this.#first) + 1;
    this.#first++;
    if (oldest !== undefined) this.#onEvicted?.(oldest, number);
    if (this.#first > 64 && this.#first * 2 > this.#fields.length) {
      this.#fields.splice(0, this.#first);
      this.#first = 0;
    }
  }
}

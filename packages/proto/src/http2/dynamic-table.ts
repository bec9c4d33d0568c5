/** The fields that one direction of a connection has remembered, newest first; the oldest make way. */
import { fieldBytes, type HeaderField } from './header-field.ts';

/** What an endpoint that has not said otherwise lets the other one remember. */
export const defaultTableBytes = 4096;

export class DynamicTable {
  readonly #fields: HeaderField[] = [];
  readonly #onEvicted: ((field: HeaderField, number: number) => void) | undefined;
  #first = 0;
  #bytes = 0;
  #mostBytes = defaultTableBytes;
  #inserted = 0;

  /** `onEvicted` is told of fields that have made way, with the number that `insert` gave. */
  constructor(onEvicted?: (field: HeaderField, number: number) => void) {
    this.#onEvicted = onEvicted;
  }

  /** Fields that were ever inserted. */
  get inserted(): number {
    return this.#inserted;
  }

  get mostBytes(): number {
    return this.#mostBytes;
  }

  /** Makes room for so much from now on. */
  resize(mostBytes: number): void {
    this.#mostBytes = mostBytes;
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
    if (bytes > this.#mostBytes) this.#evict();
    else this.#bytes += bytes;
    return number;
  }

  #makeRoom(bytes: number): void {
    while (this.#bytes + bytes > this.#mostBytes && this.#first < this.#fields.length) {
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

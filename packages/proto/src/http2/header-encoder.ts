import { defaultTableBytes, DynamicTable } from './dynamic-table.ts';
import { HeaderBlockWriter, Literal } from './header-block-writer.ts';
import { fieldBytes, type HeaderField, type HeaderList } from './header-field.ts';
import { staticNames, staticTable } from './static-table.ts';

interface Kept {
  /** What the peer had been told to remember by then. */
  readonly inserted: number;
  readonly block: Uint8Array;
}

/**
 * Writes the header blocks of one direction of one connection (RFC 7541), which are all to be sent and in order: each may
 * refer to those before it. Fields that are sent again and again are remembered by the peer and become a byte each; a
 * block that consists of such bytes is kept, until the peer remembers something else.
 *
 * @example
 * const headers = new HeaderEncoder();
 * const block = headers.encode([[':method', 'POST']]);
 */
export class HeaderEncoder {
  readonly #table = new DynamicTable((field, number) => this.#forget(field, number));
  /** The number of each remembered field. */
  readonly #numbers = new Map<string, number>();
  readonly #writer = new HeaderBlockWriter();
  #kept = new WeakMap<HeaderList, Kept>();
  /** Changes of the size of the table that the peer has to hear of: the smallest, and the last. */
  #resized: { least: number; last: number } | undefined;

  /** The peer remembers so much at most. */
  resize(mostBytes: number): void {
    const size = Math.min(mostBytes, defaultTableBytes);
    if (size === this.#table.mostBytes) return;
    this.#resized = { least: Math.min(size, this.#resized?.least ?? size), last: size };
    this.#table.resize(size);
    this.#kept = new WeakMap();
  }

  /** The bytes for these fields. They are to be sent before those of the next call. */
  encode(list: HeaderList): Uint8Array {
    const kept = this.#kept.get(list);
    if (kept !== undefined && kept.inserted === this.#table.inserted) return kept.block;
    this.#writeResized();
    const before = this.#table.inserted;
    for (const field of list) this.#writeField(field);
    const block = this.#writer.take();
    if (this.#table.inserted === before && this.#resized === undefined) {
      this.#kept.set(list, { inserted: before, block });
    }
    this.#resized = undefined;
    return block;
  }

  #writeResized(): void {
    if (this.#resized === undefined) return;
    const { least, last } = this.#resized;
    if (least < last) this.#writer.integer(0x20, 5, least);
    this.#writer.integer(0x20, 5, last);
  }

  #writeField(field: HeaderField): void {
    const key = keyOf(field);
    const number = this.#numbers.get(key);
    const index =
      number === undefined
        ? staticNames.get(field[0])?.indexByValue.get(field[1])
        : staticTable.length + this.#table.inserted - number + 1;
    if (index !== undefined) return this.#writer.known(index);
    // What would push everything else out is not worth remembering.
    const isRemembered = fieldBytes(field) <= this.#table.mostBytes / 2;
    this.#writer.literal(isRemembered ? Literal.REMEMBERED : Literal.ONCE, field);
    if (isRemembered) this.#numbers.set(key, this.#table.insert(field));
  }

  #forget(field: HeaderField, number: number): void {
    const key = keyOf(field);
    if (this.#numbers.get(key) === number) this.#numbers.delete(key);
  }
}

const keyOf = (field: HeaderField): string => `${field[0]}\n${field[1]}`;

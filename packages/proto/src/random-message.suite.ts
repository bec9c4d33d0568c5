import { type FieldSchema, messageSchema } from './schema.ts';

const INTEGERS = [0, 1, -1, 127, 128, 300, 2147483647, -2147483648, 1234567];
const LONGS = [
  0,
  1,
  -1,
  127,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  -(2 ** 53 - 1),
  2n ** 63n - 1n,
  -(2n ** 63n),
  2n ** 53n + 1n,
];
const TEXTS = ['', 'a', 'workflow', 'grün', '漢字', '😀', 'x'.repeat(127), 'ü'.repeat(64), 'y'.repeat(20_000)];
const DEEPEST = 4;

/** Messages of any type from one seed, rich in edge values. */
export class MessageSource {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  /** A message in the shape of a decoded one: no absent fields spelled out, no empty lists. */
  message(type: string, depth = 0): Record<string, unknown> {
    const message: Record<string, unknown> = {};
    const chosen = new Map<string, string>();
    for (const field of messageSchema(type).fields) {
      if (field.kind === 'message' && depth >= DEEPEST) continue;
      if (this.#below(100) < 40) continue;
      if (field.oneof !== undefined) {
        if (chosen.has(field.oneof)) continue;
        chosen.set(field.oneof, field.name);
      }
      const value = this.#field(field, depth);
      if (value !== undefined) message[field.name] = value;
    }
    return message;
  }

  #field(field: FieldSchema, depth: number): unknown {
    if (field.presence === 'map') {
      const keys = Array.from({ length: 1 + this.#below(3) }, (_, index) =>
        field.mapKey === 'string' ? `key ${index}` : String(index * 7),
      );
      return Object.fromEntries(keys.map((key) => [key, this.#single(field, depth)]));
    }
    if (field.presence === 'repeated' || field.presence === 'packed') {
      return Array.from({ length: 1 + this.#below(3) }, () => this.#single(field, depth));
    }
    const value = this.#single(field, depth);
    const isDefault =
      value === 0 || value === '' || value === false || (value instanceof Uint8Array && value.length === 0);
    return isDefault && field.presence === 'implicit' ? undefined : value;
  }

  #single(field: FieldSchema, depth: number): unknown {
    if (field.kind === 'message') return this.message(field.type, depth + 1);
    if (field.kind === 'enum') return this.#below(8);
    switch (field.type) {
      case 'string':
        return this.#pick(TEXTS);
      case 'bytes':
        return Uint8Array.from({ length: this.#pick([0, 1, 200]) }, () => this.#below(256));
      case 'bool':
        return this.#below(2) === 1;
      case 'int64':
        return this.#pick(LONGS);
      case 'uint64':
        return this.#pick([0, 5, 2 ** 40, 2n ** 64n - 1n]);
      case 'uint32':
        return this.#pick([0, 1, 128, 4294967295]);
      case 'float':
        return this.#pick([0, 1.5, -0.25, Infinity]);
      case 'double':
        return this.#pick([0, 0.1, -1e300, -Infinity]);
      default:
        return this.#pick(INTEGERS);
    }
  }

  #pick<T>(values: readonly T[]): T {
    const value = values[this.#below(values.length)];
    if (value === undefined) throw new Error('picked from nothing');
    return value;
  }

  #below(limit: number): number {
    // xorshift: small, seeded, good enough to vary shapes.
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }
}

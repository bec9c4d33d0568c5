/** Reads a protobuf message without knowing its schema, for tests. */
export class Fields {
  readonly #found = new Map<number, (bigint | Buffer)[]>();

  constructor(bytes: Buffer) {
    let at = 0;
    const varint = (): number => {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const byte = bytes[at++] ?? 0;
        value += (byte & 127) * factor;
        if (byte < 128) return value;
      }
    };
    while (at < bytes.length) {
      const tag = varint();
      const wireType = tag & 7;
      const length = wireType === 1 ? 8 : wireType === 2 ? varint() : 0;
      const value = wireType === 0 ? BigInt(varint()) : bytes.subarray(at, (at += length));
      const list = this.#found.get(tag >>> 3) ?? [];
      this.#found.set(tag >>> 3, [...list, value]);
    }
  }

  messages(field: number): Fields[] {
    return this.#bytes(field).map((bytes) => new Fields(bytes));
  }

  text(field: number): string {
    return this.#bytes(field)[0]?.toString() ?? '';
  }

  numbers(field: number): number[] {
    return (this.#found.get(field) ?? []).map(Number);
  }

  doubles(field: number): number[] {
    return this.#bytes(field).map((bytes) => bytes.readDoubleLE());
  }

  fixed(field: number): bigint[] {
    return this.#bytes(field).map((bytes) => bytes.readBigUInt64LE());
  }

  packedDoubles(field: number): number[] {
    return eights(this.#bytes(field)).map((bytes) => bytes.readDoubleLE());
  }

  packedFixed(field: number): bigint[] {
    return eights(this.#bytes(field)).map((bytes) => bytes.readBigUInt64LE());
  }

  /** Key-value pairs, as attributes are. */
  tags(field: number): Record<string, unknown> {
    return Object.fromEntries(
      this.messages(field).map((pair) => {
        const [any] = pair.messages(2);
        const [flag] = any?.numbers(2) ?? [];
        return [pair.text(1), flag === undefined ? any?.text(1) : flag === 1];
      }),
    );
  }

  #bytes(field: number): Buffer[] {
    return (this.#found.get(field) ?? []).filter((value) => typeof value !== 'bigint');
  }
}

const eights = ([bytes = Buffer.alloc(0)]: readonly Buffer[]): Buffer[] =>
  Array.from({ length: bytes.length / 8 }, (_, index) => bytes.subarray(index * 8, index * 8 + 8));

export const readFields = (bytes: Buffer): Fields => new Fields(bytes);

/** Writes a protobuf message field by field. */
export class MessageWriter {
  readonly #pieces: Uint8Array[] = [];

  uint(field: number, value: number): this {
    return this.#varint(field << 3).#varint(value);
  }

  double(field: number, value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    return this.#varint((field << 3) | 1).#push(bytes);
  }

  fixed64(field: number, value: bigint): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value);
    return this.#varint((field << 3) | 1).#push(bytes);
  }

  sfixed64(field: number, value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(value));
    return this.#varint((field << 3) | 1).#push(bytes);
  }

  text(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value));
  }

  message(field: number, write: (writer: MessageWriter) => void): this {
    const inner = new MessageWriter();
    write(inner);
    return this.bytes(field, inner.finish());
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#varint((field << 3) | 2).#varint(value.length).#push(value);
  }

  finish(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  #varint(value: number): this {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
    bytes.push(rest);
    return this.#push(Uint8Array.from(bytes));
  }

  #push(piece: Uint8Array): this {
    this.#pieces.push(piece);
    return this;
  }
}

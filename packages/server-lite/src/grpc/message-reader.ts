import { ServiceError, StatusCode } from '../errors.ts';

const prefixBytes = 5;

/** Cuts what a stream receives into messages: each has a byte that says whether it is compressed, and a length. */
export class MessageReader {
  readonly #mostBytes: number;
  readonly #take: (message: Buffer, isCompressed: boolean) => void;
  readonly #prefix = Buffer.alloc(prefixBytes);
  #prefixBytes = 0;
  #message: Buffer | undefined;
  #messageBytes = 0;

  constructor(mostBytes: number, take: (message: Buffer, isCompressed: boolean) => void) {
    this.#mostBytes = mostBytes;
    this.#take = take;
  }

  /** @throws ServiceError RESOURCE_EXHAUSTED as soon as a message says that it is too large */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (!this.#message) {
        const copied = chunk.copy(this.#prefix, this.#prefixBytes, at, at + prefixBytes - this.#prefixBytes);
        this.#prefixBytes += copied;
        at += copied;
        if (this.#prefixBytes < prefixBytes) return;
        this.#begin(this.#prefix.readUInt32BE(1));
      }
      // A message is memory of its own: what is kept of it must not keep all that came with it.
      const copied = this.#message ? chunk.copy(this.#message, this.#messageBytes, at) : 0;
      this.#messageBytes += copied;
      at += copied;
      this.#giveIfComplete();
    }
  }

  #begin(bytes: number): void {
    if (bytes > this.#mostBytes) {
      const text = `Received message larger than max (${bytes} vs ${this.#mostBytes})`;
      throw new ServiceError(StatusCode.RESOURCE_EXHAUSTED, text);
    }
    this.#message = Buffer.allocUnsafe(bytes);
    this.#messageBytes = 0;
  }

  #giveIfComplete(): void {
    const message = this.#message;
    if (!message || this.#messageBytes < message.length) return;
    this.#message = undefined;
    this.#prefixBytes = 0;
    this.#take(message, this.#prefix[0] === 1);
  }
}

export function frameMessage(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(prefixBytes + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, prefixBytes);
  return framed;
}

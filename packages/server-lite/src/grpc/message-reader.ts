import { ServiceError, StatusCode } from '../errors.ts';
import { Slabs } from '../slabs.ts';

const prefixBytes = 5;
const memory = new Slabs();

/** Cuts what a stream receives into messages: each has a byte that says whether it is compressed, and a length. */
export class MessageReader {
  readonly #mostBytes: number;
  readonly #take: (message: Buffer, isCompressed: boolean) => void;
  /** Of a prefix that came in pieces. */
  #prefix: Buffer | undefined;
  #prefixBytes = 0;
  #isCompressed = false;
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
        at = this.#takePrefix(chunk, at);
        if (!this.#message) return;
      }
      // A message is memory of its own: what is kept of it must not keep all that came with it.
      const copied = chunk.copy(this.#message, this.#messageBytes, at);
      this.#messageBytes += copied;
      at += copied;
      this.#giveIfComplete();
    }
  }

  /** @returns how far it came */
  #takePrefix(chunk: Buffer, start: number): number {
    if (this.#prefixBytes === 0 && chunk.length - start >= prefixBytes) {
      this.#begin(chunk, start);
      return start + prefixBytes;
    }
    this.#prefix ??= Buffer.alloc(prefixBytes);
    const copied = chunk.copy(this.#prefix, this.#prefixBytes, start, start + prefixBytes - this.#prefixBytes);
    this.#prefixBytes += copied;
    if (this.#prefixBytes === prefixBytes) this.#begin(this.#prefix, 0);
    return start + copied;
  }

  #begin(prefix: Buffer, at: number): void {
    const bytes = prefix.readUInt32BE(at + 1);
    if (bytes > this.#mostBytes) {
      const text = `Received message larger than max (${bytes} vs ${this.#mostBytes})`;
      throw new ServiceError(StatusCode.RESOURCE_EXHAUSTED, text);
    }
    this.#isCompressed = prefix[at] === 1;
    this.#message = memory.take(bytes);
    this.#messageBytes = 0;
  }

  #giveIfComplete(): void {
    const message = this.#message;
    if (!message || this.#messageBytes < message.length) return;
    this.#message = undefined;
    this.#prefixBytes = 0;
    this.#take(message, this.#isCompressed);
  }
}

export function frameMessage(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(prefixBytes + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, prefixBytes);
  return framed;
}

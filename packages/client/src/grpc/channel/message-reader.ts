/** Puts the one message of an answer together: a flag, the length as four bytes, the message. */
import { uint32At } from '@reprise/proto/http2';
import { status } from '../../call/status.ts';
import type { CallStatus } from './call-status.ts';

const PREFIX_BYTES = 5;

/** What was read so far cannot be taken. */
export class MessageRefusal extends Error {
  readonly status: CallStatus;

  constructor(code: number, details: string) {
    super(details);
    this.status = { code, details };
  }
}

export class MessageReader {
  readonly #maxBytes: number;
  /** The prefix, when it comes in several pieces. */
  #prefix: number[] | undefined;
  #isCompressed = false;
  #message: Uint8Array | undefined;
  #messageBytes = 0;

  /** Messages of more bytes are refused; -1: of any size are taken. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws MessageRefusal for a message that is too large, or a second one. */
  take(bytes: Uint8Array, start: number, end: number): void {
    const at = this.#message === undefined ? this.#takePrefix(bytes, start, end) : start;
    if (this.#message === undefined || at === end) return;
    const length = end - at;
    if (this.#messageBytes + length > this.#message.length) {
      throw new MessageRefusal(status.INTERNAL, 'Too many responses received');
    }
    this.#message.set(bytes.subarray(at, end), this.#messageBytes);
    this.#messageBytes += length;
  }

  /**
   * The message; undefined when none has come, or not all of it.
   *
   * @param encoding what `grpc-encoding` says of compressed messages
   * @throws MessageRefusal when it is compressed in a way that is not known, or damaged.
   */
  message(encoding: string): Uint8Array | undefined {
    if (this.#message === undefined || this.#messageBytes < this.#message.length) return undefined;
    return this.#isCompressed ? inflate(this.#message, encoding, this.#maxBytes) : this.#message;
  }

  /** Gives where the message begins. */
  #takePrefix(bytes: Uint8Array, start: number, end: number): number {
    if (this.#prefix === undefined && end - start >= PREFIX_BYTES) {
      this.#begin(bytes, start);
      return start + PREFIX_BYTES;
    }
    const prefix = (this.#prefix ??= []);
    let at = start;
    while (at < end && prefix.length < PREFIX_BYTES) prefix.push(bytes[at++] ?? 0);
    if (prefix.length === PREFIX_BYTES) this.#begin(Uint8Array.from(prefix), 0);
    return at;
  }

  #begin(prefix: Uint8Array, at: number): void {
    this.#isCompressed = prefix[at] !== 0;
    this.#message = this.#room(uint32At(prefix, at + 1));
  }

  #room(length: number): Uint8Array {
    if (this.#maxBytes >= 0 && length > this.#maxBytes) {
      const details = `Received message larger than max (${String(length)} vs ${String(this.#maxBytes)})`;
      throw new MessageRefusal(status.RESOURCE_EXHAUSTED, details);
    }
    return Buffer.allocUnsafe(length);
  }
}

function inflate(message: Uint8Array, encoding: string, maxBytes: number): Uint8Array {
  const options = maxBytes < 0 ? {} : { maxOutputLength: Math.max(1, maxBytes) };
  try {
    // Loaded when the first compressed message comes: few servers send any.
    const zlib = process.getBuiltinModule('node:zlib');
    if (encoding === 'gzip') return zlib.gunzipSync(message, options);
    if (encoding === 'deflate') return zlib.inflateSync(message, options);
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw isTooLarge
      ? new MessageRefusal(
          status.RESOURCE_EXHAUSTED,
          `Received message that decompresses to a size larger than ${String(maxBytes)}`,
        )
      : new MessageRefusal(status.INTERNAL, `Failed to decompress ${encoding}-encoded message`);
  }
  throw new MessageRefusal(status.UNIMPLEMENTED, `Received message compressed with unsupported encoding "${encoding}"`);
}

import { Buffer } from 'node:buffer';
import { defaultFrameBytes, frameHeadBytes } from './frame.ts';
import { Http2Error, Http2ErrorCode } from './http2-error.ts';

/** Payloads are views into what was received, good for the time of the call. */
export type TakeFrame = (type: number, flags: number, streamId: number, payload: Buffer) => void;

/** Cuts what a connection receives into frames, however it comes in pieces. */
export class FrameReader {
  readonly #take: TakeFrame;
  readonly #head = Buffer.alloc(frameHeadBytes);
  /** Of the frame that has begun: what there is of its head, then of its payload. */
  #headBytes = 0;
  #payload: Buffer | undefined;
  #payloadBytes = 0;

  constructor(take: TakeFrame) {
    this.#take = take;
  }

  /** @throws Http2Error FRAME_SIZE_ERROR, or what taking a frame throws */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#headBytes === 0 && chunk.length - at >= frameHeadBytes) {
        const length = lengthOf(chunk, at);
        const end = at + frameHeadBytes + length;
        if (end <= chunk.length) {
          this.#give(chunk, at, chunk.subarray(at + frameHeadBytes, end));
          at = end;
          continue;
        }
      }
      at = this.#keep(chunk, at);
    }
  }

  #keep(chunk: Buffer, start: number): number {
    let at = start;
    if (!this.#payload) {
      at += chunk.copy(this.#head, this.#headBytes, at, at + frameHeadBytes - this.#headBytes);
      this.#headBytes += at - start;
      if (this.#headBytes < frameHeadBytes) return at;
      this.#payload = Buffer.allocUnsafe(lengthOf(this.#head, 0));
      this.#payloadBytes = 0;
    }
    const payload = this.#payload;
    const copied = chunk.copy(payload, this.#payloadBytes, at);
    this.#payloadBytes += copied;
    if (this.#payloadBytes === payload.length) {
      this.#headBytes = 0;
      this.#payload = undefined;
      this.#give(this.#head, 0, payload);
    }
    return at + copied;
  }

  #give(head: Buffer, at: number, payload: Buffer): void {
    this.#take(head[at + 3] as number, head[at + 4] as number, head.readUInt32BE(at + 5) & 0x7fffffff, payload);
  }
}

function lengthOf(head: Buffer, at: number): number {
  const length = head.readUIntBE(at, 3);
  if (length <= defaultFrameBytes) return length;
  throw new Http2Error(
    Http2ErrorCode.FRAME_SIZE_ERROR,
    `expected frames of ${defaultFrameBytes} bytes at most, found one of ${length}`,
  );
}

import { Buffer } from 'node:buffer';
import { defaultFrameBytes, type Frame, frameHeadBytes, uint32At } from './frame.ts';
import { Http2Error, Http2ErrorCode } from './http2-error.ts';

const nothing = Buffer.alloc(0);

/** Cuts what a connection receives into frames, however it comes in pieces. */
export class FrameReader {
  readonly #take: (frame: Frame) => void;
  readonly #mostFrameBytes: number;
  readonly #frame: Frame = { type: 0, flags: 0, streamId: 0, bytes: nothing, start: 0, end: 0 };
  /** Of the frame that has begun: what there is of its head, then of its payload. */
  readonly #head = Buffer.alloc(frameHeadBytes);
  #headBytes = 0;
  #payload: Buffer | undefined;
  #payloadBytes = 0;

  /** @param take gets each frame, and keeps neither it nor its bytes */
  constructor(take: (frame: Frame) => void, mostFrameBytes: number = defaultFrameBytes) {
    this.#take = take;
    this.#mostFrameBytes = mostFrameBytes;
  }

  /**
   * @param chunk may be overwritten afterwards
   * @throws Http2Error FRAME_SIZE_ERROR for a frame that is longer than any that was allowed; and what `take` throws
   */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      const start = at + frameHeadBytes;
      if (this.#headBytes === 0 && start <= chunk.length) {
        const end = start + this.#lengthOf(chunk, at);
        if (end <= chunk.length) {
          this.#begin(chunk, at);
          this.#give(chunk, start, end);
          at = end;
          continue;
        }
      }
      at = this.#keep(chunk, at);
    }
    // A connection that is idle keeps nothing of what it received.
    this.#frame.bytes = nothing;
  }

  /** @returns where what it has not kept begins */
  #keep(chunk: Buffer, start: number): number {
    let at = start;
    if (!this.#payload) {
      at += chunk.copy(this.#head, this.#headBytes, at, at + frameHeadBytes - this.#headBytes);
      this.#headBytes += at - start;
      if (this.#headBytes < frameHeadBytes) return at;
      this.#payload = Buffer.allocUnsafe(this.#lengthOf(this.#head, 0));
      this.#payloadBytes = 0;
    }
    const payload = this.#payload;
    const copied = chunk.copy(payload, this.#payloadBytes, at);
    this.#payloadBytes += copied;
    if (this.#payloadBytes === payload.length) {
      this.#headBytes = 0;
      this.#payload = undefined;
      this.#begin(this.#head, 0);
      this.#give(payload, 0, payload.length);
    }
    return at + copied;
  }

  #begin(head: Buffer, at: number): void {
    const frame = this.#frame;
    frame.type = head[at + 3] as number;
    frame.flags = head[at + 4] as number;
    frame.streamId = uint32At(head, at + 5) & 0x7fffffff;
  }

  #give(bytes: Buffer, start: number, end: number): void {
    const frame = this.#frame;
    frame.bytes = bytes;
    frame.start = start;
    frame.end = end;
    this.#take(frame);
  }

  #lengthOf(head: Buffer, at: number): number {
    const length = uint32At(head, at) >>> 8;
    if (length <= this.#mostFrameBytes) return length;
    throw new Http2Error(Http2ErrorCode.FRAME_SIZE_ERROR, `a frame of ${length} bytes was received`);
  }
}

/** Cuts the bytes of a connection into frames, however the network has cut them before. */
import { DEFAULT_MAX_FRAME_BYTES, ErrorCode, FRAME_HEADER_BYTES, uint32At } from './frame.ts';
import type { Frame } from './frame.ts';
import { Http2Error } from './http2-error.ts';

export class FrameSplitter {
  readonly #take: (frame: Frame) => void;
  readonly #maxFrameBytes: number;
  readonly #frame: Frame = { type: 0, flags: 0, streamId: 0, bytes: new Uint8Array(0), start: 0, end: 0 };
  /** The beginning of a frame whose end has not come yet. */
  #partial: Uint8Array | undefined;

  /** `take` gets each frame, and must not keep it or its bytes. */
  constructor(take: (frame: Frame) => void, maxFrameBytes: number = DEFAULT_MAX_FRAME_BYTES) {
    this.#take = take;
    this.#maxFrameBytes = maxFrameBytes;
  }

  /** @throws Http2Error at a frame that is longer than any that was allowed; and whatever `take` throws. */
  push(chunk: Uint8Array): void {
    const bytes = this.#partial === undefined ? chunk : joined(this.#partial, chunk);
    this.#partial = undefined;
    let at = 0;
    while (at + FRAME_HEADER_BYTES <= bytes.length) {
      const length = uint32At(bytes, at) >>> 8;
      if (length > this.#maxFrameBytes) {
        throw new Http2Error(ErrorCode.frameSizeError, `a frame of ${String(length)} bytes was received`);
      }
      const start = at + FRAME_HEADER_BYTES;
      const end = start + length;
      if (end > bytes.length) break;
      this.#give(bytes, start, end);
      at = end;
    }
    // The chunk may be overwritten by the next one.
    if (at < bytes.length) this.#partial = new Uint8Array(bytes.subarray(at));
  }

  #give(bytes: Uint8Array, start: number, end: number): void {
    const frame = this.#frame;
    frame.type = bytes[start - 6] ?? 0;
    frame.flags = bytes[start - 5] ?? 0;
    frame.streamId = uint32At(bytes, start - 4) & 0x7fff_ffff;
    frame.bytes = bytes;
    frame.start = start;
    frame.end = end;
    this.#take(frame);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

/** Header blocks of a peer, put together from the frames that they are spread over. */
import { ErrorCode, Flag, FrameType } from './frame.ts';
import type { Frame } from './frame.ts';
import { HeaderDecoder } from './hpack/header-decoder.ts';
import type { HeaderTaker } from './hpack/header-decoder.ts';
import { Http2Error } from './http2-error.ts';
import { unpadded } from './unpadded.ts';

const MAX_BLOCK_BYTES = 256 * 1024;

interface Unfinished {
  readonly streamId: number;
  readonly endsStream: boolean;
  readonly parts: Uint8Array[];
  bytes: number;
}

/** Where the fields of a block go, and what is done when it is complete. */
export interface HeaderBlocks {
  takerOf(streamId: number): HeaderTaker;
  endBlock(streamId: number, endsStream: boolean): void;
}

export class IncomingHeaders {
  readonly #decoder = new HeaderDecoder();
  readonly #blocks: HeaderBlocks;
  #unfinished: Unfinished | undefined;

  constructor(blocks: HeaderBlocks) {
    this.#blocks = blocks;
  }

  /** Takes any frame, and gives whether it was one of headers. Within a block there may be no others. */
  take(frame: Frame): boolean {
    if (this.#unfinished !== undefined) {
      if (frame.type !== FrameType.continuation || frame.streamId !== this.#unfinished.streamId) {
        throw new Http2Error(ErrorCode.protocolError, 'headers were interrupted by another frame');
      }
      this.#continue(this.#unfinished, frame, frame.start, frame.end);
      return true;
    }
    if (frame.type === FrameType.continuation) {
      throw new Http2Error(ErrorCode.protocolError, 'headers were continued that had not begun');
    }
    if (frame.type !== FrameType.headers) return false;
    this.#begin(frame);
    return true;
  }

  #begin(frame: Frame): void {
    const { streamId, flags, bytes } = frame;
    const { start, end } = unpadded(frame);
    const blockStart = start + ((flags & Flag.priority) === 0 ? 0 : 5);
    if (blockStart > end) throw new Http2Error(ErrorCode.frameSizeError, 'headers that are too short were received');
    const endsStream = (flags & Flag.endStream) !== 0;
    if ((flags & Flag.endHeaders) !== 0) {
      this.#decoder.decode(bytes, blockStart, end, this.#blocks.takerOf(streamId));
      this.#blocks.endBlock(streamId, endsStream);
      return;
    }
    this.#unfinished = { streamId, endsStream, parts: [], bytes: 0 };
    this.#continue(this.#unfinished, frame, blockStart, end);
  }

  #continue(unfinished: Unfinished, { bytes, flags }: Frame, start: number, end: number): void {
    unfinished.parts.push(new Uint8Array(bytes.subarray(start, end)));
    unfinished.bytes += end - start;
    if (unfinished.bytes > MAX_BLOCK_BYTES) {
      throw new Http2Error(ErrorCode.enhanceYourCalm, 'too many headers were received');
    }
    if ((flags & Flag.endHeaders) === 0) return;
    this.#unfinished = undefined;
    const block = Buffer.concat(unfinished.parts, unfinished.bytes);
    this.#decoder.decode(block, 0, block.length, this.#blocks.takerOf(unfinished.streamId));
    this.#blocks.endBlock(unfinished.streamId, unfinished.endsStream);
  }
}

import { Buffer } from 'node:buffer';
import { type Frame, FrameFlag, FrameType } from './frame.ts';
import { removePadding } from './frame-payload.ts';
import { Http2Error, Http2ErrorCode } from './http2-error.ts';

/** A header block, whole; to be read at once, since the next one takes its place. */
export interface HeaderBlock {
  streamId: number;
  /** Nothing follows it on the stream. */
  endsStream: boolean;
  bytes: Buffer;
  start: number;
  end: number;
}

export interface HeaderAssemblyOptions {
  /** The most that one block may have. */
  readonly mostBytes: number;
  readonly take: (block: HeaderBlock) => void;
}

const priorityBytes = 5;
const nothing = Buffer.alloc(0);

const protocolError = (what: string): Http2Error => new Http2Error(Http2ErrorCode.PROTOCOL_ERROR, what);

/** Puts header blocks together that come in several frames, which no other frame may interrupt. */
export class HeaderAssembly {
  readonly #options: HeaderAssemblyOptions;
  readonly #block: HeaderBlock = { streamId: 0, endsStream: false, bytes: nothing, start: 0, end: 0 };
  /** Of the block that is not whole yet. */
  #parts: Buffer[] | undefined;
  #bytes = 0;

  constructor(options: HeaderAssemblyOptions) {
    this.#options = options;
  }

  /**
   * Takes any frame.
   *
   * @returns whether it was one of headers
   * @throws Http2Error when it has no place here, or there is too much of a block
   */
  take(frame: Frame): boolean {
    const { type, streamId } = frame;
    if (this.#parts) {
      if (type !== FrameType.CONTINUATION || streamId !== this.#block.streamId) {
        throw protocolError('headers were interrupted by another frame');
      }
      this.#add(frame, this.#parts);
      return true;
    }
    if (type === FrameType.CONTINUATION) throw protocolError('headers were continued that had not begun');
    if (type !== FrameType.HEADERS) return false;
    this.#begin(frame);
    return true;
  }

  #begin(frame: Frame): void {
    const { streamId, flags } = frame;
    removePadding(frame);
    if ((flags & FrameFlag.PRIORITY) !== 0) frame.start += priorityBytes;
    if (frame.start > frame.end) {
      throw new Http2Error(Http2ErrorCode.FRAME_SIZE_ERROR, 'headers that are too short were received');
    }
    this.#block.streamId = streamId;
    this.#block.endsStream = (flags & FrameFlag.END_STREAM) !== 0;
    this.#bytes = 0;
    if ((flags & FrameFlag.END_HEADERS) === 0) {
      this.#parts = [];
      return this.#add(frame, this.#parts);
    }
    this.#count(frame);
    this.#give(frame.bytes, frame.start, frame.end);
  }

  #add(frame: Frame, parts: Buffer[]): void {
    this.#count(frame);
    parts.push(Buffer.from(frame.bytes.subarray(frame.start, frame.end)));
    if ((frame.flags & FrameFlag.END_HEADERS) === 0) return;
    this.#parts = undefined;
    this.#give(Buffer.concat(parts), 0, this.#bytes);
  }

  #count({ start, end }: Frame): void {
    this.#bytes += end - start;
    if (this.#bytes <= this.#options.mostBytes) return;
    throw new Http2Error(Http2ErrorCode.ENHANCE_YOUR_CALM, 'too many headers were received');
  }

  #give(bytes: Buffer, start: number, end: number): void {
    const block = this.#block;
    block.bytes = bytes;
    block.start = start;
    block.end = end;
    this.#options.take(block);
    block.bytes = nothing;
  }
}

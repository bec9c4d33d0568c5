/**
 * Gathers the frames of a turn of the event loop and hands them over in as few pieces as possible: writing to a socket
 * costs far more than making a frame.
 *
 * I1. Bytes that were handed over are never written to again.
 */
import { Buffer } from 'node:buffer';
import { FrameFlag, type FrameHead, frameHeadBytes, FrameType, writeFrameHead } from './frame.ts';

const chunkBytes = 32_768;
/** A payload of this size is handed over as it is, instead of being copied. */
const largeBytes = 4_096;

export interface FrameSink {
  /** Bytes for the peer, in order. */
  write(pieces: readonly Uint8Array[]): void;
  /** Calls `flush` at the end of this turn of the event loop. */
  schedule(flush: () => void): void;
}

export interface HeadersOptions {
  readonly endsStream: boolean;
  /** The most that the peer takes in one frame. */
  readonly mostFrameBytes: number;
}

export class FrameWriter {
  readonly #sink: FrameSink;
  readonly #flush = (): void => this.flush();
  #chunk = Buffer.alloc(0);
  /** Of the part of the chunk that is not handed over yet. */
  #start = 0;
  #end = 0;
  #pieces: Uint8Array[] = [];
  #isScheduled = false;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** Frames that are whole, or what is none, such as the preface. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#chunk.set(bytes, this.#end);
    this.#end += bytes.length;
    this.#schedule();
  }

  /** A frame with this payload. A long one must not change any more. */
  frame(head: FrameHead, payload: Uint8Array): void {
    const { length } = payload;
    const isLarge = length >= largeBytes;
    this.#reserve(frameHeadBytes + (isLarge ? 0 : length));
    this.#end = writeFrameHead(this.#chunk, this.#end, head, length);
    if (isLarge) {
      this.#cut();
      this.#pieces.push(payload);
    } else {
      this.#chunk.set(payload, this.#end);
      this.#end += length;
    }
    this.#schedule();
  }

  /** A block of headers, over as many frames as it takes. */
  headers(streamId: number, block: Uint8Array, { endsStream, mostFrameBytes }: HeadersOptions): void {
    const endStream = endsStream ? FrameFlag.END_STREAM : 0;
    if (block.length <= mostFrameBytes) {
      this.frame({ type: FrameType.HEADERS, flags: endStream | FrameFlag.END_HEADERS, streamId }, block);
      return;
    }
    this.frame({ type: FrameType.HEADERS, flags: endStream, streamId }, block.subarray(0, mostFrameBytes));
    for (let start = mostFrameBytes; start < block.length; start += mostFrameBytes) {
      const part = block.subarray(start, start + mostFrameBytes);
      const flags = start + part.length === block.length ? FrameFlag.END_HEADERS : 0;
      this.frame({ type: FrameType.CONTINUATION, flags, streamId }, part);
    }
  }

  /** Hands over what has been gathered. */
  flush(): void {
    this.#isScheduled = false;
    this.#cut();
    if (this.#pieces.length === 0) return;
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#sink.write(pieces);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#sink.schedule(this.#flush);
  }

  #reserve(length: number): void {
    if (this.#end + length <= this.#chunk.length) return;
    this.#cut();
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, length));
    this.#start = 0;
    this.#end = 0;
  }

  /** I1. */
  #cut(): void {
    if (this.#end > this.#start) this.#pieces.push(this.#chunk.subarray(this.#start, this.#end));
    this.#start = this.#end;
  }
}

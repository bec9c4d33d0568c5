/**
 * Gathers the frames of a turn of the event loop and hands them over in as few pieces as possible: writing to a socket
 * costs far more than making a frame.
 *
 * I1. Bytes that were handed over are never written to again.
 */
import { FRAME_HEADER_BYTES, putFrameHead, putUint32 } from './frame.ts';
import type { FrameHead } from './frame.ts';

const CHUNK_BYTES = 16_384;
/** A payload of this size is handed over as it is, instead of being copied. */
const LARGE_BYTES = 4_096;

export interface FrameSink {
  /** Bytes for the peer, in order. */
  write(pieces: readonly Uint8Array[]): void;
  /** Calls `flush` at the end of this turn of the event loop. */
  schedule(flush: () => void): void;
}

interface Range {
  readonly start?: number;
  readonly end?: number;
}

export class FrameWriter {
  readonly #sink: FrameSink;
  readonly #flush = (): void => this.flush();
  #chunk = new Uint8Array(0);
  /** Of the part of the chunk that is not handed over yet. */
  #start = 0;
  #end = 0;
  #pieces: Uint8Array[] = [];
  #isScheduled = false;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** Bytes that are not framed, such as the preface. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#chunk.set(bytes, this.#end);
    this.#end += bytes.length;
    this.#schedule();
  }

  /** A frame whose payload is what of `bytes` lies between `start` and `end`. Long ones must not change any more. */
  frame(head: FrameHead, bytes: Uint8Array, { start = 0, end = bytes.length }: Range = {}): void {
    const length = end - start;
    const isLarge = length >= LARGE_BYTES;
    this.#reserve(FRAME_HEADER_BYTES + (isLarge ? 0 : length));
    putFrameHead(this.#chunk, this.#end, head, length);
    this.#end += FRAME_HEADER_BYTES;
    const part = length === bytes.length ? bytes : bytes.subarray(start, end);
    if (isLarge) {
      this.#cut();
      this.#pieces.push(part);
    } else {
      this.#chunk.set(part, this.#end);
      this.#end += length;
    }
    this.#schedule();
  }

  /** A frame whose payload is one number. */
  number(head: FrameHead, value: number): void {
    this.#reserve(FRAME_HEADER_BYTES + 4);
    putFrameHead(this.#chunk, this.#end, head, 4);
    putUint32(this.#chunk, this.#end + FRAME_HEADER_BYTES, value);
    this.#end += FRAME_HEADER_BYTES + 4;
    this.#schedule();
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
    this.#chunk = new Uint8Array(Math.max(CHUNK_BYTES, length));
    this.#start = 0;
    this.#end = 0;
  }

  /** I1. */
  #cut(): void {
    if (this.#end > this.#start) this.#pieces.push(this.#chunk.subarray(this.#start, this.#end));
    this.#start = this.#end;
  }
}

/**
 * Sends the bodies of streams as far as the peer's windows let it, and the rest when they open. Every body ends its stream.
 *
 * I1. Only bodies that wait are remembered: the window of a stream whose body is sent does not matter any more.
 */
import {
  defaultFrameBytes,
  defaultWindowBytes,
  FrameFlag,
  FrameType,
  Http2Error,
  Http2ErrorCode,
  largestWindowBytes,
} from '@reprise/proto/http2';
import type { FrameWriter } from '@reprise/proto/http2';

interface WaitingBody {
  readonly bytes: Uint8Array;
  /** Bytes that are sent. */
  at: number;
  /** Bytes that the stream may carry now; below zero when the peer has made its windows smaller. */
  window: number;
}

export class BodySender {
  readonly #writer: FrameWriter;
  readonly #waiting = new Map<number, WaitingBody>();
  #window = defaultWindowBytes;
  #initialWindow = defaultWindowBytes;
  #mostFrameBytes = defaultFrameBytes;

  constructor(writer: FrameWriter) {
    this.#writer = writer;
  }

  get mostFrameBytes(): number {
    return this.#mostFrameBytes;
  }

  set mostFrameBytes(bytes: number) {
    this.#mostFrameBytes = bytes;
  }

  /** Sends the body of a stream that has just been opened. */
  send(streamId: number, bytes: Uint8Array): void {
    const { length } = bytes;
    if (length <= this.#window && length <= this.#initialWindow && length <= this.#mostFrameBytes) {
      this.#window -= length;
      this.#writer.frame({ type: FrameType.DATA, flags: FrameFlag.END_STREAM, streamId }, bytes);
      return;
    }
    const body: WaitingBody = { bytes, at: 0, window: this.#initialWindow };
    this.#waiting.set(streamId, body); // I1
    this.#advance(streamId, body);
  }

  /** Forgets what of the body is not sent; gives whether there was any. */
  drop(streamId: number): boolean {
    return this.#waiting.delete(streamId);
  }

  /** The peer opens the window of a stream, or with stream 0 that of the connection. */
  open(streamId: number, byBytes: number): void {
    if (streamId === 0) {
      this.#window = grown(this.#window, byBytes);
      this.#advanceAll();
      return;
    }
    const body = this.#waiting.get(streamId);
    if (body === undefined) return;
    body.window = grown(body.window, byBytes);
    this.#advance(streamId, body);
  }

  /** The peer changes the size of the windows of all streams, those that are open included. */
  set initialWindow(bytes: number) {
    const change = bytes - this.#initialWindow;
    this.#initialWindow = bytes;
    for (const body of this.#waiting.values()) body.window = grown(body.window, change);
    this.#advanceAll();
  }

  #advanceAll(): void {
    for (const [streamId, body] of this.#waiting) this.#advance(streamId, body);
  }

  #advance(streamId: number, body: WaitingBody): void {
    const { bytes } = body;
    for (;;) {
      const start = body.at;
      const end = start + Math.min(bytes.length - start, this.#window, body.window, this.#mostFrameBytes);
      if (end <= start) return;
      const isLast = end === bytes.length;
      const flags = isLast ? FrameFlag.END_STREAM : 0;
      this.#writer.frame({ type: FrameType.DATA, flags, streamId }, bytes.subarray(start, end));
      this.#window -= end - start;
      body.window -= end - start;
      body.at = end;
      if (!isLast) continue;
      this.#waiting.delete(streamId);
      return;
    }
  }
}

function grown(window: number, byBytes: number): number {
  const size = window + byBytes;
  if (size > largestWindowBytes) throw new Http2Error(Http2ErrorCode.FLOW_CONTROL_ERROR, 'a window was opened too far');
  return size;
}

import {
  defaultFrameBytes,
  defaultWindowBytes,
  FrameFlag,
  FrameType,
  goAwayFrame,
  Http2Error,
  Http2ErrorCode,
  largestWindowBytes,
  pingFrame,
  resetFrame,
  settingsAck,
  windowUpdateFrame,
} from '@reprise/proto/http2';
import { OutputBuffer } from './output-buffer.ts';

/** What the sender knows of a stream. */
export interface SendingStream {
  readonly id: number;
  /** Bytes that the other side takes before it has said that there is room for more. */
  sendWindow: number;
  /** Data that waits for room. */
  readonly waiting: Uint8Array[];
  /** The header block that ends the stream, when it waits behind data. */
  trailers: Uint8Array | undefined;
}

export interface FrameSenderOptions {
  readonly write: (bytes: Uint8Array) => void;
  /** Told when the last frame of a stream is on its way. */
  readonly ended: (streamId: number) => void;
}

/** Sends on one connection, no more than the other side has room for. */
export class FrameSender {
  readonly #options: FrameSenderOptions;
  readonly #out: OutputBuffer;
  readonly #blocked = new Set<SendingStream>();
  #window = defaultWindowBytes;
  #initialWindow = defaultWindowBytes;
  #frameBytes = defaultFrameBytes;

  constructor(options: FrameSenderOptions) {
    this.#options = options;
    this.#out = new OutputBuffer(options.write);
  }

  get initialWindow(): number {
    return this.#initialWindow;
  }

  /** The other side has other room for each of its streams, from the start of them. */
  setInitialWindow(bytes: number, open: Iterable<SendingStream>): void {
    const difference = bytes - this.#initialWindow;
    this.#initialWindow = bytes;
    for (const stream of open) {
      stream.sendWindow += difference;
      if (stream.sendWindow > largestWindowBytes) throw windowOverflow();
    }
    this.#sendWaiting();
  }

  setFrameBytes(bytes: number): void {
    this.#frameBytes = bytes;
  }

  /** @throws Http2Error when it is more than there can be */
  addConnectionRoom(bytes: number): void {
    this.#window += bytes;
    if (this.#window > largestWindowBytes) throw windowOverflow();
    this.#sendWaiting();
  }

  /** @returns false when it is more than there can be */
  addStreamRoom(stream: SendingStream, bytes: number): boolean {
    stream.sendWindow += bytes;
    if (stream.sendWindow > largestWindowBytes) return false;
    if (this.#blocked.has(stream)) this.#sendWaiting();
    return true;
  }

  headers(stream: SendingStream, block: Uint8Array, isLast: boolean): void {
    const end = isLast ? FrameFlag.END_STREAM : 0;
    const first = block.subarray(0, this.#frameBytes);
    let sent = first.length;
    const flags = end | (sent === block.length ? FrameFlag.END_HEADERS : 0);
    this.#out.frame({ type: FrameType.HEADERS, flags, streamId: stream.id }, first);
    while (sent < block.length) {
      const next = block.subarray(sent, sent + this.#frameBytes);
      sent += next.length;
      const isEnd = sent === block.length ? FrameFlag.END_HEADERS : 0;
      this.#out.frame({ type: FrameType.CONTINUATION, flags: isEnd, streamId: stream.id }, next);
    }
    if (isLast) this.#options.ended(stream.id);
  }

  data(stream: SendingStream, bytes: Uint8Array): void {
    if (stream.waiting.length === 0) {
      const rest = this.#sendSome(stream, bytes);
      if (!rest) return;
      stream.waiting.push(rest);
      this.#blocked.add(stream);
    } else stream.waiting.push(bytes);
  }

  /** Ends the stream, behind all its data. */
  end(stream: SendingStream, trailers: Uint8Array): void {
    if (stream.waiting.length === 0) this.headers(stream, trailers, true);
    else stream.trailers = trailers;
  }

  forget(stream: SendingStream): void {
    this.#blocked.delete(stream);
  }

  reset(streamId: number, code: number): void {
    this.#out.bytes(resetFrame(streamId, code));
  }

  giveRoom(streamId: number, bytes: number): void {
    this.#out.bytes(windowUpdateFrame(streamId, bytes));
  }

  acknowledgeSettings(): void {
    this.#out.bytes(settingsAck);
  }

  answerPing(payload: Uint8Array): void {
    this.#out.bytes(pingFrame(payload, FrameFlag.ACK));
  }

  goAway(lastStreamId: number, code: number, why?: string): void {
    this.#out.bytes(goAwayFrame(lastStreamId, code, why));
  }

  bytes(frames: Uint8Array): void {
    this.#out.bytes(frames);
  }

  flush(): void {
    this.#out.flush();
  }

  #sendWaiting(): void {
    for (const stream of this.#blocked) {
      if (this.#window <= 0) return;
      this.#sendWaitingOf(stream);
    }
  }

  #sendWaitingOf(stream: SendingStream): void {
    const { waiting, trailers } = stream;
    for (let next = waiting[0]; next; next = waiting[0]) {
      const rest = this.#sendSome(stream, next);
      if (rest) {
        waiting[0] = rest;
        return;
      }
      waiting.shift();
    }
    this.#blocked.delete(stream);
    if (trailers) this.headers(stream, trailers, true);
  }

  /** @returns what there was no room for */
  #sendSome(stream: SendingStream, bytes: Uint8Array): Uint8Array | undefined {
    let sent = 0;
    while (sent < bytes.length) {
      const room = Math.min(bytes.length - sent, this.#frameBytes, this.#window, stream.sendWindow);
      if (room <= 0) return bytes.subarray(sent);
      const part = room === bytes.length ? bytes : bytes.subarray(sent, sent + room);
      this.#out.frame({ type: FrameType.DATA, flags: 0, streamId: stream.id }, part);
      this.#window -= room;
      stream.sendWindow -= room;
      sent += room;
    }
    return undefined;
  }
}

const windowOverflow = (): Http2Error =>
  new Http2Error(Http2ErrorCode.FLOW_CONTROL_ERROR, 'expected room for less than 2^31 bytes');

import {
  defaultFrameBytes,
  defaultWindowBytes,
  FrameFlag,
  FrameType,
  FrameWriter,
  goAwayFrame,
  Http2Error,
  Http2ErrorCode,
  largestWindowBytes,
  pingFrame,
  resetFrame,
  settingsAck,
  windowUpdateFrame,
} from '@reprise/proto/http2';

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
  readonly write: (pieces: readonly Uint8Array[]) => void;
  /** Told when the last frame of a stream is on its way. */
  readonly ended: (streamId: number) => void;
}

/** Sends on one connection, no more than the other side has room for. */
export class FrameSender {
  readonly #options: FrameSenderOptions;
  readonly #out: FrameWriter;
  readonly #blocked = new Set<SendingStream>();
  #window = defaultWindowBytes;
  #initialWindow = defaultWindowBytes;
  #frameBytes = defaultFrameBytes;

  constructor(options: FrameSenderOptions) {
    this.#options = options;
    this.#out = new FrameWriter({
      write: options.write,
      schedule: (flush) => {
        process.nextTick(flush);
      },
    });
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

  headers(stream: SendingStream, block: Uint8Array, { isLast = false } = {}): void {
    this.#out.headers(stream.id, block, { endsStream: isLast, mostFrameBytes: this.#frameBytes });
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
    if (stream.waiting.length === 0) this.headers(stream, trailers, { isLast: true });
    else stream.trailers = trailers;
  }

  forget(stream: SendingStream): void {
    this.#blocked.delete(stream);
  }

  reset(streamId: number, code: number): void {
    this.#out.raw(resetFrame(streamId, code));
  }

  giveRoom(streamId: number, bytes: number): void {
    this.#out.raw(windowUpdateFrame(streamId, bytes));
  }

  acknowledgeSettings(): void {
    this.#out.raw(settingsAck);
  }

  answerPing(payload: Uint8Array): void {
    this.#out.raw(pingFrame(payload, FrameFlag.ACK));
  }

  goAway(lastStreamId: number, code: number, why?: string): void {
    this.#out.raw(goAwayFrame(lastStreamId, code, why));
  }

  bytes(frames: Uint8Array): void {
    this.#out.raw(frames);
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
    if (trailers) this.headers(stream, trailers, { isLast: true });
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

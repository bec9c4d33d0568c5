/**
 * The client's side of an HTTP/2 connection (RFC 9113), apart from the socket: bytes of the peer come in, bytes for the peer
 * go out. Each stream carries one request with its whole body.
 *
 * I1. A stream is over once: its owner gets `end` or `fail`, and nothing after that.
 * I2. What the peer has remembered of headers is kept up to date even for streams that nobody waits for any more.
 */
import { BodySender } from './body-sender.ts';
import { putGoAway, putHeaders, putReset, putSettings, putWindowUpdate } from './control-frames.ts';
import { DEFAULT_WINDOW_BYTES, ErrorCode, Flag, FrameType, Setting, uint32At } from './frame.ts';
import type { Frame } from './frame.ts';
import { FrameSplitter } from './frame-splitter.ts';
import { FrameWriter } from './frame-writer.ts';
import type { FrameSink } from './frame-writer.ts';
import type { HeaderTaker } from './hpack/header-decoder.ts';
import { HeaderEncoder, encodeOnce } from './hpack/header-encoder.ts';
import type { HeaderList } from './hpack/header-encoder.ts';
import type { HeaderField } from './hpack/static-table.ts';
import { Http2Error } from './http2-error.ts';
import { IncomingHeaders } from './incoming-headers.ts';
import { decodeSettings } from './peer-settings.ts';
import { StreamTable } from './stream-table.ts';
import { unpadded } from './unpadded.ts';

/** Why a stream ended without an answer. */
export type StreamFailure =
  /** The peer ended this stream, with one of `ErrorCode`. */
  | { readonly kind: 'reset'; readonly errorCode: number }
  /** The peer has not looked at the request, and will not: it can be made again elsewhere. */
  | { readonly kind: 'unprocessed' }
  /** The connection ended. */
  | { readonly kind: 'lost'; readonly error: Error };

/** Who made a request. `takeHeader` is called for each field, then `endHeaders`; bytes are only valid during the call. */
export interface StreamOwner extends HeaderTaker {
  endHeaders(): void;
  takeData(bytes: Uint8Array, start: number, end: number): void;
  end(): void;
  fail(failure: StreamFailure): void;
}

export interface ConnectionWatcher {
  /** The peer speaks HTTP/2, and may be asked. */
  onReady(): void;
  /** The connection takes no more streams; those that are open go on. */
  onDraining(reason: { readonly errorCode: number; readonly text: string }): void;
  /** A stream has ended, or the peer allows more of them. */
  onRoom(): void;
  /** The peer broke the rules. It has been told; the socket is to be closed. */
  onBroken(error: Http2Error): void;
}

export interface Request {
  readonly headers: HeaderList;
  /** A header that is different each time. */
  readonly once: HeaderField | undefined;
  readonly body: Uint8Array;
}

interface OpenStream {
  readonly owner: StreamOwner;
  /** Bytes that came since the peer was last told to go on. */
  received: number;
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const STREAM_WINDOW_BYTES = 4 * 1024 * 1024;
const CONNECTION_WINDOW_BYTES = 64 * 1024 * 1024;
const MAX_STREAM_ID = 0x7fff_ffff;
const nobody: HeaderTaker = { takeHeader: () => undefined };

export class Http2Connection {
  readonly #watcher: ConnectionWatcher;
  readonly #writer: FrameWriter;
  readonly #bodies: BodySender;
  readonly #encoder = new HeaderEncoder();
  readonly #splitter = new FrameSplitter((frame) => this.#take(frame));
  readonly #headers: IncomingHeaders;
  readonly #streams = new StreamTable<OpenStream>();
  #nextId = 1;
  #maxStreams = Number.POSITIVE_INFINITY;
  #received = 0;
  #state: 'opening' | 'open' | 'draining' | 'ended' = 'opening';

  constructor(sink: FrameSink, watcher: ConnectionWatcher) {
    this.#watcher = watcher;
    this.#writer = new FrameWriter(sink);
    this.#bodies = new BodySender(this.#writer);
    this.#headers = new IncomingHeaders({
      takerOf: (streamId) => this.#streamOf(streamId)?.owner ?? nobody, // I2
      endBlock: (streamId, endsStream) => {
        this.#streams.get(streamId)?.owner.endHeaders();
        if (endsStream) this.#finish(streamId);
      },
    });
    this.#writer.raw(PREFACE);
    putSettings(this.#writer, ownSettings);
    putWindowUpdate(this.#writer, 0, CONNECTION_WINDOW_BYTES - DEFAULT_WINDOW_BYTES);
  }

  /** Whether `open` may be called. */
  get hasRoom(): boolean {
    return this.#state === 'open' && this.#streams.size < this.#maxStreams;
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** Makes a request; gives the number of its stream. */
  open(owner: StreamOwner, { headers, once, body }: Request): number {
    const streamId = this.#nextId;
    this.#nextId += 2;
    this.#streams.add(streamId, { owner, received: 0 });
    const known = this.#encoder.encode(headers);
    const block = once === undefined ? known : Buffer.concat([known, encodeOnce(once)]);
    putHeaders(this.#writer, streamId, block, this.#bodies.maxFrameBytes);
    this.#bodies.send(streamId, body);
    if (this.#nextId > MAX_STREAM_ID) this.#drain({ errorCode: ErrorCode.noError, text: 'out of stream numbers' });
    return streamId;
  }

  /** Ends a stream whose owner does not wait any more; the owner is not told. */
  cancel(streamId: number): void {
    if (!this.#streams.delete(streamId)) return;
    this.#bodies.drop(streamId);
    putReset(this.#writer, streamId, ErrorCode.cancel);
    this.#watcher.onRoom();
  }

  /** Asks the peer for a sign of life. */
  ping(): void {
    this.#writer.frame({ type: FrameType.ping, flags: 0, streamId: 0 }, new Uint8Array(8));
  }

  /** Takes bytes from the peer. They may be overwritten afterwards. */
  receive(chunk: Uint8Array): void {
    if (this.#state === 'ended') return;
    const isFirst = this.#state === 'opening';
    try {
      this.#splitter.push(chunk);
    } catch (cause) {
      if (!(cause instanceof Http2Error)) throw cause;
      const { errorCode } = cause;
      const error = isFirst ? new Http2Error(errorCode, 'the other side does not speak HTTP/2', { cause }) : cause;
      putGoAway(this.#writer, errorCode);
      this.end(error);
      this.#watcher.onBroken(error);
    }
  }

  /** Tells the peer that the connection is closed, and every owner of a stream that it is lost. */
  close(error: Error): void {
    if (this.#state === 'ended') return;
    putGoAway(this.#writer, ErrorCode.noError);
    this.end(error);
  }

  /** The socket is gone: so are the streams. */
  end(error: Error): void {
    this.#state = 'ended';
    for (const { owner } of this.#streams.takeAll()) owner.fail({ kind: 'lost', error });
  }

  /** The stream of a frame; undefined when it is over. */
  #streamOf(streamId: number): OpenStream | undefined {
    if (streamId >= this.#nextId || streamId % 2 === 0) {
      throw new Http2Error(ErrorCode.protocolError, `stream ${String(streamId)} was never opened`);
    }
    return this.#streams.get(streamId);
  }

  #take(frame: Frame): void {
    if (this.#state === 'ended') return;
    if (this.#state === 'opening' && frame.type !== FrameType.settings) {
      throw new Http2Error(ErrorCode.protocolError, 'the first frame has no settings');
    }
    if (this.#headers.take(frame)) return;
    switch (frame.type) {
      case FrameType.data:
        return this.#takeData(frame);
      case FrameType.rstStream:
        return this.#takeReset(frame);
      case FrameType.settings:
        return this.#takeSettings(frame);
      case FrameType.ping:
        return this.#takePing(frame);
      case FrameType.goAway:
        return this.#takeGoAway(frame);
      case FrameType.windowUpdate:
        return this.#bodies.open(frame.streamId, uint32At(frame.bytes, frame.start) & MAX_STREAM_ID);
      case FrameType.pushPromise:
        throw new Http2Error(ErrorCode.protocolError, 'something was pushed that nobody asked for');
    }
  }

  #takeData(frame: Frame): void {
    const { streamId, flags, bytes } = frame;
    const length = frame.end - frame.start;
    this.#received += length;
    if (this.#received >= CONNECTION_WINDOW_BYTES / 2) {
      putWindowUpdate(this.#writer, 0, this.#received);
      this.#received = 0;
    }
    const stream = this.#streamOf(streamId);
    if (stream === undefined) return;
    const { start, end } = unpadded(frame);
    stream.owner.takeData(bytes, start, end);
    if ((flags & Flag.endStream) !== 0) return this.#finish(streamId);
    stream.received += length;
    if (stream.received < STREAM_WINDOW_BYTES / 2 || this.#streams.get(streamId) === undefined) return;
    putWindowUpdate(this.#writer, streamId, stream.received);
    stream.received = 0;
  }

  /** The peer has ended the stream (I1). */
  #finish(streamId: number): void {
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return;
    this.#streams.delete(streamId);
    // It answered before it had read the whole request.
    if (this.#bodies.drop(streamId)) putReset(this.#writer, streamId, ErrorCode.cancel);
    stream.owner.end();
    this.#watcher.onRoom();
  }

  #takeReset({ streamId, bytes, start }: Frame): void {
    const stream = this.#streamOf(streamId);
    if (stream === undefined) return;
    this.#streams.delete(streamId);
    this.#bodies.drop(streamId);
    const errorCode = uint32At(bytes, start);
    const isUnprocessed = errorCode === ErrorCode.refusedStream;
    stream.owner.fail(isUnprocessed ? { kind: 'unprocessed' } : { kind: 'reset', errorCode });
    this.#watcher.onRoom();
  }

  #takeSettings(frame: Frame): void {
    if ((frame.flags & Flag.ack) !== 0) return;
    const { headerTableSize, maxConcurrentStreams, initialWindowSize, maxFrameSize } = decodeSettings(frame);
    if (headerTableSize !== undefined) this.#encoder.resize(headerTableSize);
    if (maxFrameSize !== undefined) this.#bodies.maxFrameBytes = maxFrameSize;
    if (initialWindowSize !== undefined) this.#bodies.initialWindow = initialWindowSize;
    if (maxConcurrentStreams !== undefined) this.#maxStreams = maxConcurrentStreams;
    this.#writer.frame({ type: FrameType.settings, flags: Flag.ack, streamId: 0 }, new Uint8Array(0));
    if (this.#state === 'opening') {
      this.#state = 'open';
      this.#watcher.onReady();
    } else this.#watcher.onRoom();
  }

  #takePing({ flags, bytes, start, end }: Frame): void {
    if ((flags & Flag.ack) !== 0) return;
    this.#writer.frame({ type: FrameType.ping, flags: Flag.ack, streamId: 0 }, bytes, { start, end });
  }

  #takeGoAway({ bytes, start, end }: Frame): void {
    const lastId = uint32At(bytes, start) & MAX_STREAM_ID;
    const errorCode = uint32At(bytes, start + 4);
    this.#drain({ errorCode, text: Buffer.from(bytes.subarray(Math.min(start + 8, end), end)).toString() });
    for (const [streamId, { owner }] of this.#streams.entries()) {
      if (streamId <= lastId) continue;
      this.#streams.delete(streamId);
      this.#bodies.drop(streamId);
      owner.fail({ kind: 'unprocessed' });
    }
    this.#watcher.onRoom();
  }

  #drain(reason: { errorCode: number; text: string }): void {
    if (this.#state !== 'open') return;
    this.#state = 'draining';
    this.#watcher.onDraining(reason);
  }
}

/** Nothing is pushed, and streams may carry more than the usual before they wait for leave to go on. */
const ownSettings = [
  [Setting.enablePush, 0],
  [Setting.initialWindowSize, STREAM_WINDOW_BYTES],
] as const;

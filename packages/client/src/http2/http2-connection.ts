/**
 * The client's side of an HTTP/2 connection (RFC 9113), apart from the socket: bytes of the peer come in, bytes for the peer
 * go out. Each stream carries one request with its whole body.
 *
 * I1. A stream is over once: its owner gets `end` or `fail`, and nothing after that.
 * I2. What the peer has remembered of headers is kept up to date even for streams that nobody waits for any more.
 */
import {
  clientPreface,
  defaultWindowBytes,
  encodeHeaderBlock,
  FrameFlag,
  FrameReader,
  FrameType,
  FrameWriter,
  goAwayFrame,
  HeaderAssembly,
  HeaderDecoder,
  HeaderEncoder,
  Http2Error,
  Http2ErrorCode,
  pingFrame,
  removePadding,
  resetFrame,
  Setting,
  settingsAck,
  settingsFrame,
  settingsOf,
  uint32At,
  windowUpdateFrame,
} from '@reprise/proto/http2';
import type { Frame, FrameSink, HeaderBlock, HeaderField, HeaderList, HeaderTaker } from '@reprise/proto/http2';
import { BodySender } from './body-sender.ts';
import { StreamTable } from './stream-table.ts';

/** Why a stream ended without an answer. */
export type StreamFailure =
  /** The peer ended this stream, with one of `Http2ErrorCode`. */
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

const STREAM_WINDOW_BYTES = 4 * 1024 * 1024;
const CONNECTION_WINDOW_BYTES = 64 * 1024 * 1024;
const MAX_STREAM_ID = 0x7fff_ffff;
const MAX_HEADER_BLOCK_BYTES = 256 * 1024;
/** Of one block, decoded. */
const MAX_HEADER_LIST_BYTES = 1024 * 1024;
const nobody: HeaderTaker = { takeHeader: () => undefined };

export class Http2Connection {
  readonly #watcher: ConnectionWatcher;
  readonly #writer: FrameWriter;
  readonly #bodies: BodySender;
  readonly #encoder = new HeaderEncoder();
  readonly #decoder = new HeaderDecoder({ mostListBytes: MAX_HEADER_LIST_BYTES });
  readonly #reader = new FrameReader((frame) => this.#take(frame));
  readonly #headers = new HeaderAssembly({
    mostBytes: MAX_HEADER_BLOCK_BYTES,
    take: (block) => this.#takeHeaders(block),
  });
  readonly #streams = new StreamTable<OpenStream>();
  #nextId = 1;
  #maxStreams = Number.POSITIVE_INFINITY;
  #received = 0;
  #state: 'opening' | 'open' | 'draining' | 'ended' = 'opening';

  constructor(sink: FrameSink, watcher: ConnectionWatcher) {
    this.#watcher = watcher;
    this.#writer = new FrameWriter(sink);
    this.#bodies = new BodySender(this.#writer);
    this.#writer.raw(clientPreface);
    this.#writer.raw(settingsFrame(ownSettings));
    this.#writer.raw(windowUpdateFrame(0, CONNECTION_WINDOW_BYTES - defaultWindowBytes));
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
    const block = once === undefined ? known : Buffer.concat([known, encodeHeaderBlock([once])]);
    this.#writer.headers(streamId, block, { endsStream: false, mostFrameBytes: this.#bodies.mostFrameBytes });
    this.#bodies.send(streamId, body);
    if (this.#nextId > MAX_STREAM_ID)
      this.#drain({ errorCode: Http2ErrorCode.NO_ERROR, text: 'out of stream numbers' });
    return streamId;
  }

  /** Ends a stream whose owner does not wait any more; the owner is not told. */
  cancel(streamId: number): void {
    if (!this.#streams.delete(streamId)) return;
    this.#bodies.drop(streamId);
    this.#writer.raw(resetFrame(streamId, Http2ErrorCode.CANCEL));
    this.#watcher.onRoom();
  }

  /** Asks the peer for a sign of life. */
  ping(): void {
    this.#writer.raw(pingFrame(new Uint8Array(8), 0));
  }

  /** Takes bytes from the peer. They may be overwritten afterwards. */
  receive(chunk: Buffer): void {
    if (this.#state === 'ended') return;
    const isFirst = this.#state === 'opening';
    try {
      this.#reader.push(chunk);
    } catch (cause) {
      if (!(cause instanceof Http2Error)) throw cause;
      const { errorCode } = cause;
      const error = isFirst ? new Http2Error(errorCode, 'the other side does not speak HTTP/2', { cause }) : cause;
      this.#goAway(errorCode);
      this.end(error);
      this.#watcher.onBroken(error);
    }
  }

  /** Tells the peer that the connection is closed, and every owner of a stream that it is lost. */
  close(error: Error): void {
    if (this.#state === 'ended') return;
    this.#goAway(Http2ErrorCode.NO_ERROR);
    this.end(error);
  }

  /** The socket is gone: so are the streams. */
  end(error: Error): void {
    this.#state = 'ended';
    for (const { owner } of this.#streams.takeAll()) owner.fail({ kind: 'lost', error });
  }

  /** Says that the connection is over, and sees to it that it is heard. */
  #goAway(errorCode: number): void {
    this.#writer.raw(goAwayFrame(0, errorCode));
    this.#writer.flush();
  }

  /** The stream of a frame; undefined when it is over. */
  #streamOf(streamId: number): OpenStream | undefined {
    if (streamId >= this.#nextId || streamId % 2 === 0) {
      throw new Http2Error(Http2ErrorCode.PROTOCOL_ERROR, `stream ${String(streamId)} was never opened`);
    }
    return this.#streams.get(streamId);
  }

  #take(frame: Frame): void {
    if (this.#state === 'ended') return;
    if (this.#state === 'opening' && frame.type !== FrameType.SETTINGS) {
      throw new Http2Error(Http2ErrorCode.PROTOCOL_ERROR, 'the first frame has no settings');
    }
    if (this.#headers.take(frame)) return;
    switch (frame.type) {
      case FrameType.DATA:
        return this.#takeData(frame);
      case FrameType.RST_STREAM:
        return this.#takeReset(frame);
      case FrameType.SETTINGS:
        return this.#takeSettings(frame);
      case FrameType.PING:
        return this.#takePing(frame);
      case FrameType.GOAWAY:
        return this.#takeGoAway(frame);
      case FrameType.WINDOW_UPDATE:
        return this.#bodies.open(frame.streamId, uint32At(frame.bytes, frame.start) & MAX_STREAM_ID);
      case FrameType.PUSH_PROMISE:
        throw new Http2Error(Http2ErrorCode.PROTOCOL_ERROR, 'something was pushed that nobody asked for');
    }
  }

  #takeHeaders({ streamId, endsStream, bytes, start, end }: HeaderBlock): void {
    const taker = this.#streamOf(streamId)?.owner ?? nobody; // I2
    if (!this.#decoder.decode(bytes, start, end, taker)) {
      throw new Http2Error(Http2ErrorCode.ENHANCE_YOUR_CALM, 'too many headers were received');
    }
    this.#streams.get(streamId)?.owner.endHeaders();
    if (endsStream) this.#finish(streamId);
  }

  #takeData(frame: Frame): void {
    const { streamId, flags, bytes } = frame;
    const length = frame.end - frame.start;
    this.#received += length;
    if (this.#received >= CONNECTION_WINDOW_BYTES / 2) {
      this.#writer.raw(windowUpdateFrame(0, this.#received));
      this.#received = 0;
    }
    const stream = this.#streamOf(streamId);
    if (stream === undefined) return;
    removePadding(frame);
    stream.owner.takeData(bytes, frame.start, frame.end);
    if ((flags & FrameFlag.END_STREAM) !== 0) return this.#finish(streamId);
    stream.received += length;
    if (stream.received < STREAM_WINDOW_BYTES / 2 || this.#streams.get(streamId) === undefined) return;
    this.#writer.raw(windowUpdateFrame(streamId, stream.received));
    stream.received = 0;
  }

  /** The peer has ended the stream (I1). */
  #finish(streamId: number): void {
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return;
    this.#streams.delete(streamId);
    // It answered before it had read the whole request.
    if (this.#bodies.drop(streamId)) this.#writer.raw(resetFrame(streamId, Http2ErrorCode.CANCEL));
    stream.owner.end();
    this.#watcher.onRoom();
  }

  #takeReset({ streamId, bytes, start }: Frame): void {
    const stream = this.#streamOf(streamId);
    if (stream === undefined) return;
    this.#streams.delete(streamId);
    this.#bodies.drop(streamId);
    const errorCode = uint32At(bytes, start);
    const isUnprocessed = errorCode === Http2ErrorCode.REFUSED_STREAM;
    stream.owner.fail(isUnprocessed ? { kind: 'unprocessed' } : { kind: 'reset', errorCode });
    this.#watcher.onRoom();
  }

  #takeSettings(frame: Frame): void {
    if ((frame.flags & FrameFlag.ACK) !== 0) return;
    for (const [setting, value] of settingsOf(frame)) {
      if (setting === Setting.HEADER_TABLE_SIZE) this.#encoder.resize(value);
      if (setting === Setting.MAX_FRAME_SIZE) this.#bodies.mostFrameBytes = value;
      if (setting === Setting.INITIAL_WINDOW_SIZE) this.#bodies.initialWindow = value;
      if (setting === Setting.MAX_CONCURRENT_STREAMS) this.#maxStreams = value;
    }
    this.#writer.raw(settingsAck);
    if (this.#state === 'opening') {
      this.#state = 'open';
      this.#watcher.onReady();
    } else this.#watcher.onRoom();
  }

  #takePing({ flags, bytes, start, end }: Frame): void {
    if ((flags & FrameFlag.ACK) !== 0) return;
    this.#writer.raw(pingFrame(bytes.subarray(start, end), FrameFlag.ACK));
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
  [Setting.ENABLE_PUSH, 0],
  [Setting.INITIAL_WINDOW_SIZE, STREAM_WINDOW_BYTES],
] as const;

/**
 * The server's side of one HTTP/2 connection: as much of RFC 9113 as clients of gRPC use.
 *
 * I1. Every header block is decoded, also those of streams that are gone: later ones refer to it.
 * I2. Received data is counted, also that of streams that are gone: the other side has counted it.
 * I3. A stream is in `#streams` until both sides have ended it, or one has reset it.
 */
import type { Socket } from 'node:net';
import {
  clientPreface,
  defaultWindowBytes,
  type Frame,
  FrameFlag,
  FrameReader,
  FrameType,
  HeaderAssembly,
  type HeaderBlock,
  HeaderDecoder,
  type HeaderField,
  Http2Error,
  Http2ErrorCode,
  removePadding,
  Setting,
  settingsFrame,
  settingsOf,
} from '@reprise/proto/http2';
import { protocolError, requireLength, windowIncrement } from './frame-payload.ts';
import { FrameSender } from './frame-sender.ts';
import { ServerStream, type StreamReceiver } from './server-stream.ts';

export interface ServerConnectionOptions {
  readonly mostStreams: number;
  readonly mostHeaderBytes: number;
  /** How much of one stream is taken before it has been looked at. */
  readonly streamWindowBytes: number;
  /** A request has begun. `tooLarge`: there are more headers than allowed, and only the first of them are given. */
  readonly request: (stream: ServerStream, fields: readonly HeaderField[], tooLarge: boolean) => StreamReceiver;
}

const connectionWindowBytes = 16 * 1024 * 1024;
/** Whoever asks for so many answers without reading them is cut off. */
const mostUnreadBytes = 64 * 1024 * 1024;
const notHttp2 =
  'HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: text/plain\r\n\r\nThis port speaks gRPC.\n';

export class ServerConnection {
  readonly #socket: Socket;
  readonly #options: ServerConnectionOptions;
  readonly #streams = new Map<number, ServerStream>();
  readonly #sender: FrameSender;
  readonly #reader = new FrameReader((frame) => this.#take(frame));
  readonly #decoder: HeaderDecoder;
  readonly #headers: HeaderAssembly;
  #prefaceBytes = 0;
  #hasSettings = false;
  #lastStreamId = 0;
  #receiveWindow = connectionWindowBytes;
  #leaving = false;
  #failed = false;

  constructor(socket: Socket, options: ServerConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#decoder = new HeaderDecoder({ mostListBytes: options.mostHeaderBytes });
    this.#headers = new HeaderAssembly({
      mostBytes: options.mostHeaderBytes,
      take: (block) => this.#takeHeaders(block),
    });
    this.#sender = new FrameSender({ write: (pieces) => this.#write(pieces), ended: (id) => this.#sentAll(id) });
    this.#sender.bytes(
      settingsFrame([
        [Setting.MAX_CONCURRENT_STREAMS, options.mostStreams],
        [Setting.INITIAL_WINDOW_SIZE, options.streamWindowBytes],
        [Setting.MAX_HEADER_LIST_SIZE, options.mostHeaderBytes],
      ]),
    );
    this.#sender.giveRoom(0, connectionWindowBytes - defaultWindowBytes);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    // What went wrong is followed by the close, and there is nobody to tell.
    socket.on('error', () => {});
    socket.on('close', () => this.#abortAll());
  }

  /** No new request is taken; the connection ends with the last one. */
  leave(): void {
    if (this.#leaving) return;
    this.#leaving = true;
    this.#sender.goAway(this.#lastStreamId, Http2ErrorCode.NO_ERROR);
    this.#endIfIdle();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    if (this.#failed) return;
    try {
      const rest = this.#prefaceBytes < clientPreface.length ? this.#takePreface(chunk) : chunk;
      if (rest) this.#reader.push(rest);
    } catch (error) {
      if (!(error instanceof Http2Error)) throw error;
      this.#fail(error.errorCode, error.message);
    }
  }

  /** @returns what follows it, if all of it is here */
  #takePreface(chunk: Buffer): Buffer | undefined {
    const expected = clientPreface.subarray(this.#prefaceBytes, this.#prefaceBytes + chunk.length);
    const found = chunk.subarray(0, expected.length);
    if (!found.equals(expected)) {
      this.#failed = true;
      this.#socket.end(notHttp2);
      return undefined;
    }
    this.#prefaceBytes += found.length;
    return chunk.length > found.length ? chunk.subarray(found.length) : undefined;
  }

  #take(frame: Frame): void {
    if (this.#failed) return;
    const { type, flags, streamId } = frame;
    if (!this.#hasSettings && type !== FrameType.SETTINGS) throw protocolError('expected SETTINGS first');
    if (type === FrameType.HEADERS && streamId % 2 === 0) {
      throw protocolError(`expected an odd number of a stream, found ${streamId}`);
    }
    if (this.#headers.take(frame)) return;
    switch (type) {
      case FrameType.DATA:
        return this.#takeData(this.#existing(streamId), frame);
      case FrameType.RST_STREAM:
        requireLength(frame, 4, 'RST_STREAM');
        return this.#abort(this.#existing(streamId));
      case FrameType.SETTINGS:
        return this.#takeSettings(frame);
      case FrameType.PUSH_PROMISE:
        throw protocolError('expected no promise from a client');
      case FrameType.PING:
        requireLength(frame, 8, 'PING');
        if (streamId !== 0) throw protocolError('expected a PING of the connection');
        if ((flags & FrameFlag.ACK) === 0) this.#sender.answerPing(frame.bytes.subarray(frame.start, frame.end));
        return;
      case FrameType.WINDOW_UPDATE:
        return this.#takeWindowUpdate(streamId, windowIncrement(frame));
      default:
        // Priorities are advice, a client that goes away closes the connection when it is done, and the rest is unknown.
        return;
    }
  }

  /** Undefined when the stream is gone. */
  #existing(streamId: number): ServerStream | undefined {
    if (streamId === 0 || streamId > this.#lastStreamId)
      throw protocolError(`found a frame of idle stream ${streamId}`);
    return this.#streams.get(streamId);
  }

  #takeHeaders({ streamId, endsStream, bytes, start, end }: HeaderBlock): void {
    const fields: HeaderField[] = [];
    const isWhole = this.#decoder.decode(bytes, start, end, { takeHeader: (field) => void fields.push(field) });
    if (streamId > this.#lastStreamId) {
      this.#lastStreamId = streamId;
      if (this.#leaving || this.#streams.size >= this.#options.mostStreams) {
        return this.#sender.reset(streamId, Http2ErrorCode.REFUSED_STREAM);
      }
      const stream = new ServerStream(streamId, this.#sender, this.#options.streamWindowBytes);
      this.#streams.set(streamId, stream);
      stream.receivedAll = endsStream;
      stream.receiver = this.#options.request(stream, fields, !isWhole);
      if (endsStream) stream.receiver.end();
      return;
    }
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    if (!endsStream || stream.receivedAll) throw protocolError(`found headers in the middle of stream ${streamId}`);
    this.#receivedAll(stream);
  }

  #takeData(stream: ServerStream | undefined, frame: Frame): void {
    const length = frame.end - frame.start;
    removePadding(frame);
    this.#receiveWindow -= length;
    if (this.#receiveWindow < 0) throw new Http2Error(Http2ErrorCode.FLOW_CONTROL_ERROR, 'expected less data');
    if (this.#receiveWindow < connectionWindowBytes / 2) {
      this.#sender.giveRoom(0, connectionWindowBytes - this.#receiveWindow);
      this.#receiveWindow = connectionWindowBytes;
    }
    if (!stream) return;
    if (stream.receivedAll) return this.#reset(stream, Http2ErrorCode.STREAM_CLOSED);
    const { streamWindowBytes } = this.#options;
    stream.receiveWindow -= length;
    if (stream.receiveWindow < 0) return this.#reset(stream, Http2ErrorCode.FLOW_CONTROL_ERROR);
    if (frame.start < frame.end) stream.receiver?.data(frame.bytes.subarray(frame.start, frame.end));
    if (frame.flags & FrameFlag.END_STREAM) return this.#receivedAll(stream);
    if (stream.receiveWindow < streamWindowBytes / 2 && !stream.ended) {
      this.#sender.giveRoom(stream.id, streamWindowBytes - stream.receiveWindow);
      stream.receiveWindow = streamWindowBytes;
    }
  }

  #takeSettings(frame: Frame): void {
    if (frame.streamId !== 0) throw protocolError('expected SETTINGS of the connection');
    this.#hasSettings = true;
    if (frame.flags & FrameFlag.ACK) return requireLength(frame, 0, 'an acknowledgement of SETTINGS');
    for (const [setting, value] of settingsOf(frame)) {
      if (setting === Setting.ENABLE_PUSH && value > 1) throw protocolError('expected ENABLE_PUSH to be 0 or 1');
      if (setting === Setting.INITIAL_WINDOW_SIZE) this.#sender.setInitialWindow(value, this.#streams.values());
      if (setting === Setting.MAX_FRAME_SIZE) this.#sender.setFrameBytes(value);
    }
    this.#sender.acknowledgeSettings();
  }

  #takeWindowUpdate(streamId: number, bytes: number): void {
    if (streamId === 0) {
      if (bytes === 0) throw protocolError('expected room for at least one byte');
      return this.#sender.addConnectionRoom(bytes);
    }
    const stream = this.#existing(streamId);
    if (!stream) return;
    if (bytes === 0) this.#reset(stream, Http2ErrorCode.PROTOCOL_ERROR);
    else if (!this.#sender.addStreamRoom(stream, bytes)) this.#reset(stream, Http2ErrorCode.FLOW_CONTROL_ERROR);
  }

  #receivedAll(stream: ServerStream): void {
    stream.receivedAll = true;
    // An answer that ended before this was followed by a reset, and the stream is gone.
    stream.receiver?.end();
  }

  /** What was still to come from the other side is of no use any more. */
  #sentAll(streamId: number): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    if (!stream.receivedAll) this.#sender.reset(streamId, Http2ErrorCode.NO_ERROR);
    this.#drop(stream);
  }

  #reset(stream: ServerStream, code: number): void {
    this.#sender.reset(stream.id, code);
    this.#abort(stream);
  }

  #abort(stream: ServerStream | undefined): void {
    if (!stream) return;
    this.#drop(stream);
    stream.ended = true;
    stream.receiver?.aborted();
  }

  #drop(stream: ServerStream): void {
    this.#streams.delete(stream.id);
    this.#sender.forget(stream);
    this.#endIfIdle();
  }

  #abortAll(): void {
    for (const stream of this.#streams.values()) this.#abort(stream);
  }

  #endIfIdle(): void {
    if (!this.#leaving || this.#streams.size > 0) return;
    this.#sender.flush();
    this.#socket.end();
  }

  #fail(code: number, why: string): void {
    this.#failed = true;
    this.#sender.goAway(this.#lastStreamId, code, why);
    this.#sender.flush();
    this.#socket.end();
    this.#abortAll();
  }

  #write(pieces: readonly Uint8Array[]): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    if (pieces.length > 1) this.#socket.cork();
    for (const piece of pieces) this.#socket.write(piece);
    if (pieces.length > 1) this.#socket.uncork();
    if (this.#socket.writableLength > mostUnreadBytes) this.#socket.destroy();
  }
}

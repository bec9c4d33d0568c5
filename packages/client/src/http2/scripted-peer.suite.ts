/** The other side of a connection, for tests: writes the frames it is told to, and reads what it is sent. */
import { FrameSplitter } from './frame-splitter.ts';
import { FRAME_HEADER_BYTES, putFrameHead } from './frame.ts';
import type { Frame, FrameHead } from './frame.ts';
import { HeaderDecoder } from './hpack/header-decoder.ts';
import { HeaderEncoder } from './hpack/header-encoder.ts';
import type { HeaderField } from './hpack/static-table.ts';
import { Http2Connection } from './http2-connection.ts';
import type { ConnectionWatcher, StreamFailure, StreamOwner } from './http2-connection.ts';

const PREFACE_BYTES = 24;
const MAX_FRAME_BYTES = 65_536;

export interface SeenFrame extends FrameHead {
  readonly payload: Buffer;
}

export function frame(head: FrameHead, payload: Uint8Array = new Uint8Array(0)): Buffer {
  const bytes = Buffer.alloc(FRAME_HEADER_BYTES + payload.length);
  putFrameHead(bytes, 0, head, payload.length);
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

/** Remembers what happened to a stream. */
export class NotedStream implements StreamOwner {
  readonly fields: HeaderField[] = [];
  readonly #data: Buffer[] = [];
  outcome: 'open' | 'ended' | StreamFailure = 'open';
  get data(): Buffer {
    return Buffer.concat(this.#data);
  }
  takeHeader(name: string, value: string): void {
    this.fields.push([name, value]);
  }
  endHeaders(): void {
    return undefined;
  }
  takeData(bytes: Uint8Array, start: number, end: number): void {
    this.#data.push(Buffer.from(bytes.subarray(start, end)));
  }
  end(): void {
    this.outcome = 'ended';
  }
  fail(failure: StreamFailure): void {
    this.outcome = failure;
  }
}

/** A connection to a peer that does as it is told. */
export class ScriptedPeer {
  readonly connection: Http2Connection;
  readonly events: string[] = [];
  readonly seen: SeenFrame[] = [];
  readonly encoder = new HeaderEncoder();
  readonly decoder = new HeaderDecoder();
  #flush: (() => void) | undefined;
  #preface = 0;

  constructor() {
    const splitter = new FrameSplitter((one: Frame) => {
      const { type, flags, streamId, bytes, start, end } = one;
      this.seen.push({ type, flags, streamId, payload: Buffer.from(bytes.subarray(start, end)) });
    }, MAX_FRAME_BYTES);
    const watcher: ConnectionWatcher = {
      onReady: () => void this.events.push('ready'),
      onDraining: ({ errorCode, text }) => void this.events.push(`draining ${String(errorCode)} ${text}`.trimEnd()),
      onRoom: () => void this.events.push('room'),
      onBroken: ({ message }) => void this.events.push(`broken: ${message}`),
    };
    this.connection = new Http2Connection(
      {
        write: (pieces) => {
          for (const piece of pieces) splitter.push(piece.subarray(this.#skipPreface(piece)));
        },
        schedule: (flush) => {
          this.#flush = flush;
        },
      },
      watcher,
    );
  }

  /** Sends frames to the connection, in pieces of so many bytes. */
  send(frames: readonly Uint8Array[], pieceBytes = 1_000_000): void {
    const bytes = Buffer.concat(frames);
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      // A piece may be overwritten once it has been taken.
      const piece = Buffer.from(bytes.subarray(at, at + pieceBytes));
      this.connection.receive(piece);
      piece.fill(0xee);
    }
  }

  /** What the connection has written since the last look. */
  look(): SeenFrame[] {
    this.#flush?.();
    return this.seen.splice(0);
  }

  #skipPreface(piece: Uint8Array): number {
    const skipped = Math.min(PREFACE_BYTES - this.#preface, piece.length);
    this.#preface += skipped;
    return skipped;
  }
}

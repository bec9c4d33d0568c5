/** The other side of a connection, for tests: writes the frames it is told to, and reads what it is sent. */
import { FrameReader, HeaderDecoder, HeaderEncoder, clientPreface } from '@reprise/proto/http2';
import type { FrameHead, HeaderField } from '@reprise/proto/http2';
import { Http2Connection } from './http2-connection.ts';
import type { ConnectionWatcher, StreamFailure, StreamOwner } from './http2-connection.ts';

const MAX_FRAME_BYTES = 65_536;

export interface SeenFrame extends FrameHead {
  readonly payload: Buffer;
}

/** Remembers what happened to a stream. */
export class NotedStream implements StreamOwner {
  readonly fields: HeaderField[] = [];
  readonly #data: Buffer[] = [];
  outcome: 'open' | 'ended' | StreamFailure = 'open';
  get data(): Buffer {
    return Buffer.concat(this.#data);
  }
  takeHeader(field: HeaderField): void {
    this.fields.push(field);
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
  readonly decoder = new HeaderDecoder({ mostListBytes: MAX_FRAME_BYTES });
  #flush: (() => void) | undefined;
  #preface = 0;

  constructor() {
    const reader = new FrameReader(({ type, flags, streamId, bytes, start, end }) => {
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
          for (const piece of pieces) {
            const { buffer, byteOffset, byteLength } = piece.subarray(this.#skipPreface(piece));
            reader.push(Buffer.from(buffer, byteOffset, byteLength));
          }
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
    const skipped = Math.min(clientPreface.length - this.#preface, piece.length);
    this.#preface += skipped;
    return skipped;
  }
}

/**
 * A connection with its socket. Owns both.
 *
 * I1. The socket keeps the process alive only while calls are under way.
 */
import { setImmediate as afterTurn } from 'node:timers';
import type { Socket } from 'node:net';
import { Http2ErrorCode } from '@reprise/proto/http2';
import { Http2Connection } from '../../http2/http2-connection.ts';
import { Keepalive } from './keepalive.ts';
import type { KeepaliveSettings } from './keepalive.ts';
import type { UnaryCall } from './unary-call.ts';

export interface LinkWatcher {
  /** There may be room for another call. */
  onRoom(link: Link): void;
  /** No more calls go over this link. `isTooBusy`: the server wants fewer signs of life. */
  onDraining(link: Link, isTooBusy: boolean): void;
  /** The link has ended; its calls end next. */
  onGone(link: Link): void;
}

export class Link {
  readonly #socket: Socket;
  readonly #watcher: LinkWatcher;
  readonly #connection: Http2Connection;
  readonly #keepalive: Keepalive;
  readonly #ready = Promise.withResolvers<void>();
  #isDraining = false;
  #isGone = false;

  constructor(socket: Socket, watcher: LinkWatcher, keepalive: KeepaliveSettings) {
    this.#socket = socket;
    this.#watcher = watcher;
    this.#connection = new Http2Connection(
      { write: (pieces) => this.#write(pieces), schedule: (flush) => void afterTurn(flush) },
      {
        onReady: () => this.#ready.resolve(),
        onRoom: () => this.#onRoom(),
        onDraining: ({ errorCode, text }) => {
          this.#isDraining = true;
          watcher.onDraining(this, errorCode === Http2ErrorCode.ENHANCE_YOUR_CALM && text === 'too_many_pings');
        },
        onBroken: (error) => this.#end(error, 'afterWriting'),
      },
    );
    this.#keepalive = new Keepalive(keepalive, {
      hasCalls: () => this.#connection.openStreams > 0,
      ping: () => this.#connection.ping(),
      onSilence: () => this.#end(new Error('Ping timeout')),
    });
    this.#ready.promise.catch(() => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.#keepalive.heard();
      this.#connection.receive(chunk);
    });
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('Connection dropped')));
    socket.on('end', () => this.#end(new Error('Connection dropped')));
    socket.resume();
  }

  /** Resolves when the server has said that it speaks HTTP/2; rejects when the link ends before that. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  get isUsable(): boolean {
    return !this.#isDraining && !this.#isGone;
  }

  get hasRoom(): boolean {
    return this.#connection.hasRoom;
  }

  begin(call: UnaryCall): void {
    if (this.#connection.openStreams === 0) this.#socket.ref(); // I1
    call.begin(this.#connection);
  }

  /** Ends the link, and the calls that are under way over it. */
  close(error: Error): void {
    this.#connection.close(error);
    this.#end(error, 'afterWriting');
  }

  /** Lets the process end while nobody waits for a call (I1). */
  rest(): void {
    if (this.#connection.openStreams === 0) this.#socket.unref();
  }

  #onRoom(): void {
    this.rest();
    if (this.#isDraining && this.#connection.openStreams === 0) return this.close(new Error('Connection dropped'));
    this.#watcher.onRoom(this);
  }

  #write(pieces: readonly Uint8Array[]): void {
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined) {
      this.#socket.write(only);
      return;
    }
    this.#socket.cork();
    for (const piece of pieces) this.#socket.write(piece);
    this.#socket.uncork();
  }

  #end(error: Error, when: 'now' | 'afterWriting' = 'now'): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#keepalive.stop();
    if (when === 'now') this.#socket.destroy();
    else this.#socket.unref().destroySoon();
    this.#ready.reject(error);
    this.#watcher.onGone(this);
    this.#connection.end(error);
  }
}

/**
 * The way of calls to one server, over one connection at a time, which is made when it is needed and made again when it is
 * lost.
 *
 * I1. A call waits while the first attempt to connect is under way, and fails at once while the last attempt has failed.
 * I2. While the last attempt has failed, the next one is under way or has its time.
 */
import { clearTimeout as stopTimer, setTimeout as startTimer } from 'node:timers';
import type { Socket } from 'node:net';
import { status } from '../../call/status.ts';
import { NameResolutionError } from '../dial/name-resolution-error.ts';
import type { KeepaliveSettings } from './keepalive.ts';
import { Link } from './link.ts';
import type { LinkWatcher } from './link.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';
import type { ReconnectSettings } from './reconnect-delay.ts';
import type { CallQueue, UnaryCall } from './unary-call.ts';

export interface ChannelOptions {
  /** Where it leads, for messages. */
  readonly address: string;
  /** Opens a socket to the server; rejects with what stood in the way. */
  readonly dial: (signal: AbortSignal) => Promise<Socket>;
  readonly keepalive: KeepaliveSettings;
  readonly reconnect: ReconnectSettings;
}

/** Time for an attempt to connect, in which the server also has to say that it speaks HTTP/2. */
const ATTEMPT_MS = 20_000;
/** Timers cannot wait longer. */
const MAX_TIMER_MS = 0x7fff_ffff;

export class Channel implements CallQueue, LinkWatcher {
  readonly #options: ChannelOptions;
  readonly #queue = new Set<UnaryCall>();
  /** Called when there is a connection. */
  readonly #waiters = new Set<() => void>();
  /** All that are open, those that take no more calls included. */
  readonly #links = new Set<Link>();
  #keepalive: KeepaliveSettings;
  #current: Link | undefined;
  #attempt: AbortController | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(options: ChannelOptions) {
    this.#options = options;
    this.#keepalive = options.keepalive;
  }

  start(call: UnaryCall): void {
    if (this.#current?.hasRoom === true) return this.#current.begin(call);
    if (this.#isClosed) return call.giveUp(status.CANCELLED, 'Channel has been shut down');
    if (this.#failure !== undefined) return refuse(call, this.#failure); // I1
    this.#queue.add(call);
    this.#connect();
  }

  leave(call: UnaryCall): void {
    this.#queue.delete(call);
  }

  describe(): string {
    const to = `remote_addr=${this.#options.address}`;
    return this.#current === undefined ? `waiting for a connection,${to}` : to;
  }

  /** Resolves when the server can be asked; rejects at the deadline. */
  waitForReady(deadlineMs: number): Promise<void> {
    if (this.#current !== undefined) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onReady = (): void => {
      stopTimer(timer);
      resolve();
    };
    const onDeadline = (): void => {
      this.#waiters.delete(onReady);
      reject(new Error('Failed to connect before the deadline', { cause: this.#failure }));
    };
    const timer = startTimer(onDeadline, Math.min(Math.max(0, deadlineMs - Date.now()), MAX_TIMER_MS));
    this.#waiters.add(onReady);
    this.#connect();
    return promise;
  }

  /** Ends the calls that are under way or wait; there can be no others. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const error = new Error('Channel closed');
    this.#current = undefined;
    this.#attempt?.abort(error);
    stopTimer(this.#retryTimer);
    for (const call of [...this.#queue]) call.giveUp(status.UNAVAILABLE, error.message);
    for (const link of [...this.#links]) link.close(error);
  }

  onRoom(link: Link): void {
    if (link !== this.#current) return;
    for (const call of this.#queue) {
      if (!link.hasRoom) return;
      this.#queue.delete(call);
      link.begin(call);
    }
  }

  onDraining(link: Link, isTooBusy: boolean): void {
    if (isTooBusy) this.#keepalive = { ...this.#keepalive, timeMs: this.#keepalive.timeMs * 2 };
    this.#lose(link);
  }

  onGone(link: Link): void {
    this.#links.delete(link);
    this.#lose(link);
  }

  #lose(link: Link): void {
    if (this.#current !== link) return;
    this.#current = undefined;
    if (this.#queue.size > 0) this.#connect();
  }

  #connect(): void {
    const isUnderWay = this.#attempt !== undefined || this.#retryTimer !== undefined;
    if (this.#current === undefined && !isUnderWay && !this.#isClosed) void this.#try();
  }

  async #try(): Promise<void> {
    const attempt = new AbortController();
    const { signal } = attempt;
    this.#attempt = attempt;
    const late = new Error(`${this.#options.address} did not answer within ${String(ATTEMPT_MS / 1000)} s`);
    const timer = startTimer(() => attempt.abort(late), ATTEMPT_MS).unref();
    try {
      const link = new Link(await this.#options.dial(signal), this, this.#keepalive);
      this.#links.add(link);
      signal.addEventListener('abort', () => link.close(signal.reason as Error), { once: true });
      if (signal.aborted) link.close(signal.reason as Error);
      await link.ready;
      if (!link.isUsable) throw new Error('Connection dropped');
      this.#adopt(link);
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    } finally {
      stopTimer(timer);
    }
  }

  #adopt(link: Link): void {
    this.#attempt = undefined;
    this.#failure = undefined;
    this.#failures = 0;
    this.#current = link;
    for (const onReady of this.#waiters) onReady();
    this.#waiters.clear();
    this.onRoom(link);
    link.rest();
  }

  /** I1, I2. */
  #fail(error: Error): void {
    this.#attempt = undefined;
    if (this.#isClosed) return;
    this.#failure = error;
    this.#failures++;
    const delayMs = reconnectDelayMs(this.#options.reconnect, this.#failures, Math.random());
    this.#retryTimer = startTimer(() => {
      this.#retryTimer = undefined;
      this.#connect();
    }, delayMs).unref();
    for (const call of [...this.#queue]) refuse(call, error);
  }
}

function refuse(call: UnaryCall, reason: Error): void {
  const details =
    reason instanceof NameResolutionError
      ? reason.message
      : `No connection established. Last error: ${String(reason)}. Resolution note: `;
  call.giveUp(status.UNAVAILABLE, details, reason);
}

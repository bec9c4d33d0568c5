/**
 * Ends calls whose time is up. One timer serves all calls of a channel: a timer for each would be most of what a call
 * costs, since what timers hold on to outlives many collections of garbage.
 *
 * I1. While there are calls, the timer goes off no later than the first of their deadlines.
 */
import { clearTimeout as stopTimer, setTimeout as startTimer } from 'node:timers';
import { LinkedList } from './linked-list.ts';
import type { Place } from './linked-list.ts';

export interface Expiring {
  readonly deadlineMs: number;
  /** The deadline has come; the call leaves by `remove`. */
  expire(): void;
}

/** Timers cannot wait longer. */
const MAX_TIMER_MS = 0x7fff_ffff;

export class Deadlines {
  readonly #calls = new LinkedList<Expiring>();
  #timer: NodeJS.Timeout | undefined;
  #atMs = Number.POSITIVE_INFINITY;

  add(call: Expiring): Place<Expiring> {
    if (call.deadlineMs < this.#atMs) this.#arm(call.deadlineMs);
    return this.#calls.add(call);
  }

  remove(place: Place<Expiring>): void {
    this.#calls.remove(place);
  }

  /** I1. Calls keep the process alive by their sockets. */
  #arm(atMs: number): void {
    stopTimer(this.#timer);
    this.#atMs = atMs;
    const leftMs = Math.min(Math.max(0, atMs - Date.now()), MAX_TIMER_MS);
    this.#timer = startTimer(() => this.#look(), leftMs).unref();
  }

  #look(): void {
    const nowMs = Date.now();
    let nextMs = Number.POSITIVE_INFINITY;
    this.#atMs = nextMs;
    for (const call of this.#calls.values()) {
      if (call.deadlineMs <= nowMs) call.expire();
      else nextMs = Math.min(nextMs, call.deadlineMs);
    }
    if (nextMs < this.#atMs) this.#arm(nextMs);
  }
}

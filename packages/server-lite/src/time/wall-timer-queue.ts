/**
 * Fires what is due as the clock gets there, with one timer of the process for the earliest entry. When the clock has
 * jumped, `fireDue` says so.
 *
 * I1. The process timer, when set, is for no later than the earliest entry.
 * I2. An entry has left the heap before its `fire` is called.
 */
import type { Clock } from './clock.ts';
import { dueHeap, type Due } from './due.ts';
import type { TimerQueue } from './timer-queue.ts';

/** Node fires anything longer at once. */
const longestWaitMs = 2 ** 31 - 1;
const retryAfterMs = 1000;

export class WallTimerQueue implements TimerQueue {
  readonly #clock: Clock;
  readonly #onError: (key: string, error: unknown) => void;
  readonly #heap = dueHeap();
  #order = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerDueMs = Infinity;
  #stopped = false;
  /** Told whenever something has been set: virtual time may have somewhere to go. */
  onChange: () => void = () => {};

  constructor(clock: Clock, onError: (key: string, error: unknown) => void) {
    this.#clock = clock;
    this.#onError = onError;
  }

  set(key: string, dueMs: number, fire: () => Promise<void> | void): void {
    if (this.#stopped) return;
    this.#heap.set({ key, dueMs, order: this.#order++, fire });
    this.#arm();
    this.onChange();
  }

  cancel(key: string): void {
    this.#heap.delete(key);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** The earliest due time. */
  nextDueMs(): number | undefined {
    return this.#heap.peek()?.dueMs;
  }

  /** Fires all that is due now, in order; resolves when each has been dealt with. */
  async fireDue(): Promise<void> {
    this.#timerDueMs = Infinity;
    const nowMs = this.#clock.now();
    const firing: Promise<void>[] = [];
    for (let due = this.#heap.peek(); due && due.dueMs <= nowMs; due = this.#heap.peek()) {
      this.#heap.delete(due.key);
      firing.push(this.#fire(due));
    }
    this.#arm();
    await Promise.all(firing);
  }

  #arm(): void {
    const first = this.#heap.peek();
    if (!first || first.dueMs >= this.#timerDueMs) return;
    clearTimeout(this.#timer);
    this.#timerDueMs = first.dueMs;
    const waitMs = Math.min(longestWaitMs, Math.max(0, first.dueMs - this.#clock.now()));
    this.#timer = setTimeout(() => void this.fireDue(), waitMs);
  }

  async #fire(due: Due): Promise<void> {
    try {
      await due.fire();
    } catch (error) {
      this.#onError(due.key, error);
      if (!this.#heap.has(due.key)) this.set(due.key, this.#clock.now() + retryAfterMs, due.fire);
    }
  }
}

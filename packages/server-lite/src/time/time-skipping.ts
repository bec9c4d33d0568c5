/**
 * Virtual time: when nothing holds it and something is due, the clock jumps there instead of waiting.
 *
 * Clients' locks are counted; what the server itself is busy with is derived from state and only reported here. With
 * nothing due, time runs at real speed, locked or not.
 *
 * I1. `locks` plus the number of holds is never below 0.
 * I2. One jump at a time: the next is considered when all that was due has been dealt with and the turn is over.
 */
import { failedPrecondition } from '../errors.ts';
import type { SkippingClock } from './skipping-clock.ts';
import type { Holds } from './timer-queue.ts';
import type { WallTimerQueue } from './wall-timer-queue.ts';

export class TimeSkipping implements Holds {
  readonly #clock: SkippingClock;
  readonly #timers: WallTimerQueue;
  readonly #holds = new Map<string, readonly string[]>();
  #holdCount = 0;
  /** May be below 0 against holds: that is how a sleep inside an activity skips although the activity holds time. */
  #locks = 1;
  #considering = false;
  #stopped = false;
  #sleeps = 0;

  constructor(clock: SkippingClock, timers: WallTimerQueue) {
    this.#clock = clock;
    this.#timers = timers;
    timers.onChange = () => this.#consider();
  }

  now(): number {
    return this.#clock.now();
  }

  set(key: string, reasons: readonly string[]): void {
    this.#holdCount += reasons.length - (this.#holds.get(key)?.length ?? 0);
    if (reasons.length === 0) this.#holds.delete(key);
    else this.#holds.set(key, reasons);
    this.#consider();
  }

  /** What keeps time from being skipped now, in words. */
  holders(): string[] {
    const locks = this.#locks > 0 ? [`${this.#locks} lock(s) taken by clients`] : [];
    return [...locks, ...[...this.#holds.values()].flat()];
  }

  lock(): void {
    this.#locks++;
  }

  /** @throws ServiceError FAILED_PRECONDITION when nothing holds time that could be released */
  unlock(): void {
    if (this.#locks + this.#holdCount <= 0) {
      throw failedPrecondition('time skipping is not locked: there is one UnlockTimeSkipping more than LockTimeSkipping');
    }
    this.#locks--;
    this.#consider();
  }

  /** Resolves when the clock has got there, or the caller has gone. */
  async sleepUntil(timeMs: number, signal: AbortSignal): Promise<void> {
    if (timeMs <= this.#clock.now()) return;
    const key = `sleep/${this.#sleeps++}`;
    await new Promise<void>((resolve) => {
      const leave = (): void => {
        this.#timers.cancel(key);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#timers.set(key, timeMs, () => {
        signal.removeEventListener('abort', leave);
        resolve();
      });
    });
  }

  /** Takes a lock off while it sleeps, and gives it back, also when the caller goes away. */
  async unlockWhileSleeping(durationMs: number, signal: AbortSignal): Promise<void> {
    const untilMs = this.#clock.now() + durationMs;
    this.unlock();
    try {
      await this.sleepUntil(untilMs, signal);
    } finally {
      this.lock();
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  #consider(): void {
    if (this.#considering || this.#stopped) return;
    this.#considering = true;
    setImmediate(() => void this.#skipIfFree());
  }

  async #skipIfFree(): Promise<void> {
    const dueMs = this.#timers.nextDueMs();
    const isFree = this.#locks + this.#holdCount <= 0;
    if (this.#stopped || !isFree || dueMs === undefined) {
      this.#considering = false;
      return;
    }
    this.#clock.jumpTo(dueMs);
    await this.#timers.fireDue();
    this.#considering = false;
    this.#consider();
  }
}

/**
 * Virtual time: when nothing holds it and something is due, the clock jumps there instead of waiting.
 *
 * Clients' locks are counted; what the server itself is busy with is derived from state and only reported here. With
 * nothing due, time runs at real speed, locked or not.
 *
 * I1. Clients that unlock more often than they lock (several results awaited at once) take away nobody else's hold: a
 *     count below 0 counts as 0, and is remembered until they lock again.
 * I2. A sleep that finds no lock to take off takes off the hold of an activity that runs, for as long as it runs: that is
 *     how a sleep inside an activity skips although the activity holds time. Once the activity has ended, by a timeout
 *     say, the sleep takes a lock off like any other: whoever sleeps must wake up.
 * I3. One jump at a time: the next is considered when all that was due has been dealt with, and all that follows from it
 *     has been stored and told.
 */
import { failedPrecondition, ServiceError, StatusCode } from '../errors.ts';
import type { SkippingClock } from './skipping-clock.ts';
import type { Holds } from './timer-queue.ts';
import type { WallTimerQueue } from './wall-timer-queue.ts';

const notLocked = () =>
  failedPrecondition('time skipping is not locked: there is one UnlockTimeSkipping more than LockTimeSkipping');

export class TimeSkipping implements Holds {
  readonly #clock: SkippingClock;
  readonly #timers: WallTimerQueue;
  readonly #holds = new Map<string, readonly string[]>();
  #holdCount = 0;
  #locks = 1;
  /** Sleeps that have taken a client's lock off. */
  #sleepsOnLocks = 0;
  /** Sleeps that have taken an activity's hold off: what ran when they began. */
  readonly #sleepsOnHolds = new Set<ReadonlySet<string>>();
  #considering = false;
  underWay: () => Promise<void> | undefined = () => undefined;
  readonly #stop = new AbortController();
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

  /** @throws ServiceError FAILED_PRECONDITION when nothing holds time, and nothing is due to which it could skip */
  unlock(): void {
    if (this.#isFree() && this.#timers.nextDueMs() === undefined) throw notLocked();
    this.#locks--;
    this.#consider();
  }

  /** Resolves when the clock has got there, or the caller has gone. @throws ServiceError CANCELLED when the server stops */
  async sleepUntil(timeMs: number, signal: AbortSignal): Promise<void> {
    if (timeMs <= this.#clock.now()) return;
    const key = `sleep/${this.#sleeps++}`;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = (): void => reject(this.#stop.signal.reason as Error);
    signal.addEventListener('abort', () => resolve(), { once: true });
    this.#stop.signal.addEventListener('abort', stop);
    this.#timers.set(key, timeMs, () => resolve());
    try {
      await promise;
    } finally {
      this.#timers.cancel(key);
      this.#stop.signal.removeEventListener('abort', stop);
    }
  }

  /** Takes a lock off while it sleeps, and gives it back, also when the caller goes away. */
  async unlockWhileSleeping(durationMs: number, signal: AbortSignal): Promise<void> {
    const untilMs = this.#clock.now() + durationMs;
    const giveBack = this.#takeOff();
    this.#consider();
    try {
      await this.sleepUntil(untilMs, signal);
    } finally {
      giveBack();
      this.#consider();
    }
  }

  /** Ends the sleeps that are under way: nothing comes due any more. */
  stop(): void {
    this.#stop.abort(new ServiceError(StatusCode.CANCELLED, 'the server was stopped'));
  }

  /** A lock if there is one, else the hold of an activity. */
  #takeOff(): () => void {
    if (this.#locks > this.#sleepsOnLocks) {
      this.#sleepsOnLocks++;
      return () => void this.#sleepsOnLocks--;
    }
    const running = new Set(this.#runningActivities());
    if (running.size === 0 && this.#isFree() && this.#timers.nextDueMs() === undefined && this.#locks < 0)
      throw notLocked();
    this.#sleepsOnHolds.add(running);
    return () => void this.#sleepsOnHolds.delete(running);
  }

  #runningActivities(): string[] {
    return [...this.#holds].flatMap(([key, reasons]) =>
      reasons
        .filter((reason) => reason.startsWith('activity ') && reason.endsWith(' started'))
        .map((reason) => `${key} ${reason}`),
    );
  }

  #isFree(): boolean {
    const onHolds = this.#sleepsOnHolds.size === 0 ? 0 : this.#holdsTakenOff();
    const onLocks = this.#sleepsOnLocks + this.#sleepsOnHolds.size - onHolds;
    return this.#locks - onLocks <= 0 && this.#holdCount <= onHolds;
  }

  /** Sleeps whose activities still run. */
  #holdsTakenOff(): number {
    const running = new Set(this.#runningActivities());
    const isRunning = (against: ReadonlySet<string>): boolean => [...against].some((reason) => running.has(reason));
    return [...this.#sleepsOnHolds].filter(isRunning).length;
  }

  /** Resolves when nothing is under way, and those who were told of the last of it have had their say. */
  async #quiet(): Promise<void> {
    for (let turn = this.underWay(); turn !== undefined; turn = this.underWay()) {
      await turn.catch(() => undefined);
      await new Promise(setImmediate);
    }
  }

  #consider(): void {
    if (this.#considering || this.#stop.signal.aborted) return;
    this.#considering = true;
    setImmediate(() => void this.#skipIfFree());
  }

  async #skipIfFree(): Promise<void> {
    await this.#quiet();
    const dueMs = this.#timers.nextDueMs();
    if (this.#stop.signal.aborted || !this.#isFree() || dueMs === undefined) {
      this.#considering = false;
      return;
    }
    this.#clock.jumpTo(dueMs);
    await this.#timers.fireDue();
    this.#considering = false;
    this.#consider();
  }
}

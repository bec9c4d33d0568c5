import type { Clock } from './clock.ts';

/** Runs at real speed, and jumps ahead when told to. */
export class SkippingClock implements Clock {
  readonly #base: Clock;
  #offsetMs = 0;

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now() + this.#offsetMs;
  }

  /** A time that has passed already changes nothing. */
  jumpTo(timeMs: number): void {
    this.#offsetMs += Math.max(0, timeMs - this.now());
  }
}

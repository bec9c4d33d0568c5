/** Lets at most so many through per second, evenly spaced. */
import { setTimeout as delay } from 'node:timers/promises';

export class RateLimit {
  readonly #spacingMs: number;
  #nextMs = 0;

  constructor(perSecond: number) {
    this.#spacingMs = 1000 / perSecond;
  }

  /** Resolves when the next may go; rejects when the signal aborts first. */
  async wait(signal: AbortSignal): Promise<void> {
    const nowMs = performance.now();
    const atMs = Math.max(nowMs, this.#nextMs);
    this.#nextMs = atMs + this.#spacingMs;
    if (atMs > nowMs) await delay(atMs - nowMs, undefined, { signal });
  }
}

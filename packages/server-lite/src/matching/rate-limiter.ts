/** Lets through so many a second, with a burst of one second's worth. Times are wall clock, in ms. */
export class RateLimiter {
  #perSecond: number;
  #tokens: number;
  #filledMs: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#tokens = this.#burst();
    this.#filledMs = nowMs;
  }

  get perSecond(): number {
    return this.#perSecond;
  }

  setRate(perSecond: number, nowMs: number): void {
    this.#fill(nowMs);
    this.#perSecond = perSecond;
    this.#tokens = Math.min(this.#tokens, this.#burst());
  }

  take(nowMs: number): boolean {
    this.#fill(nowMs);
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  /** How long until the next may pass; Infinity when the rate is 0. */
  waitMs(nowMs: number): number {
    this.#fill(nowMs);
    if (this.#tokens >= 1) return 0;
    return this.#perSecond > 0 ? Math.ceil(((1 - this.#tokens) * 1000) / this.#perSecond) : Infinity;
  }

  #burst(): number {
    return this.#perSecond > 0 ? Math.max(1, this.#perSecond) : 0;
  }

  #fill(nowMs: number): void {
    const elapsedMs = Math.max(0, nowMs - this.#filledMs);
    this.#tokens = Math.min(this.#burst(), this.#tokens + (elapsedMs * this.#perSecond) / 1000);
    this.#filledMs = nowMs;
  }
}

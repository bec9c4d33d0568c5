const slotMs = 5000;
const slotCount = 6;

/** Events per second over the last half minute. Times are wall clock, in ms. */
export class MovingRate {
  readonly #slots = new Array<number>(slotCount).fill(0);
  #slot = 0;
  #firstMs: number | undefined;

  count(nowMs: number): void {
    this.#firstMs ??= nowMs;
    this.#advance(nowMs);
    const place = this.#slot % slotCount;
    this.#slots[place] = (this.#slots[place] ?? 0) + 1;
  }

  perSecond(nowMs: number): number {
    if (this.#firstMs === undefined) return 0;
    this.#advance(nowMs);
    const spanMs = Math.min(slotMs * slotCount, Math.max(1000, nowMs - this.#firstMs));
    return this.#slots.reduce((sum, count) => sum + count, 0) / (spanMs / 1000);
  }

  #advance(nowMs: number): void {
    const slot = Math.floor(nowMs / slotMs);
    for (let passed = Math.max(this.#slot + 1, slot - slotCount + 1); passed <= slot; passed++) {
      this.#slots[passed % slotCount] = 0;
    }
    this.#slot = Math.max(this.#slot, slot);
  }
}

/** Values made from a seed, for tests of what must hold for all values. The seed is fixed, so a failure repeats. */
export class RandomValues {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** An integer from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 0x1_0000_0000) * limit);
  }

  bytes(maxLength = 8): Uint8Array {
    return Uint8Array.from({ length: this.below(maxLength + 1) }, () => this.below(256));
  }

  /** Text of code points of every length in UTF-8, lone surrogates included. */
  text(maxLength = 12): string {
    const limits = [0x80, 0x800, 0x1_0000, 0x11_0000];
    const points = Array.from({ length: this.below(maxLength + 1) }, () => this.below(limits[this.below(4)] ?? 1));
    return String.fromCodePoint(...points);
  }

  /** What JSON can hold. */
  json(depth = 3): unknown {
    const kind = this.below(depth > 0 ? 7 : 5);
    if (kind === 0) return null;
    if (kind === 1) return this.below(2) === 0;
    if (kind === 2) return this.below(1_000_000) / 8 - 1_000;
    if (kind < 5) return this.text();
    const items = Array.from({ length: this.below(4) }, () => this.json(depth - 1));
    return kind === 5 ? items : Object.fromEntries(items.map((item) => [`k${this.text(3)}`, item]));
  }
}

/** How many tasks of one kind may be under way: a slot is taken before a poll, and given back when its task is done. */
export interface Slots {
  /** Resolves when a slot is free; rejects with the signal's reason when it aborts first. */
  reserve(signal: AbortSignal): Promise<Slot>;
  /** A slot if one is free now. */
  tryReserve(): Slot | undefined;
  readonly used: number;
}

export interface Slot {
  /** Gives the slot back; later calls do nothing. */
  release(): void;
}

export class FixedSlots implements Slots {
  readonly #total: number;
  readonly #waiting: { grant: (slot: Slot) => void; cancelled: boolean }[] = [];
  #used = 0;

  constructor(total: number) {
    this.#total = total;
  }

  get used(): number {
    return this.#used;
  }

  tryReserve(): Slot | undefined {
    return this.#used < this.#total ? this.#take() : undefined;
  }

  reserve(signal: AbortSignal): Promise<Slot> {
    const free = this.tryReserve();
    if (free !== undefined) return Promise.resolve(free);
    return new Promise((resolve, reject) => {
      const waiter = { grant: resolve, cancelled: false };
      this.#waiting.push(waiter);
      signal.addEventListener(
        'abort',
        () => {
          waiter.cancelled = true;
          reject(signal.reason as Error);
        },
        { once: true },
      );
    });
  }

  #take(): Slot {
    this.#used++;
    let released = false;
    return {
      release: () => {
        if (released) return;
        released = true;
        this.#used--;
        this.#grantNext();
      },
    };
  }

  #grantNext(): void {
    for (;;) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (next.cancelled) continue;
      next.grant(this.#take());
      return;
    }
  }
}

/** A fixed number of slots, handed out in the order in which they were asked for. */
import type { Slot, Slots } from './slots.ts';

interface Waiter {
  readonly grant: (slot: Slot) => void;
  cancelled: boolean;
}

export class FixedSlots implements Slots {
  readonly total: number;
  readonly supplierKind = 'Fixed';
  readonly #waiting: Waiter[] = [];
  #used = 0;

  constructor(total: number) {
    this.total = total;
  }

  get used(): number {
    return this.#used;
  }

  tryReserve(): Slot | undefined {
    return this.#used < this.total ? this.#take() : undefined;
  }

  reserve(signal: AbortSignal): Promise<Slot> {
    const free = this.tryReserve();
    if (free !== undefined) return Promise.resolve(free);
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        waiter.cancelled = true;
        reject(signal.reason as Error);
      };
      const grant = (slot: Slot): void => {
        signal.removeEventListener('abort', onAbort);
        resolve(slot);
      };
      const waiter: Waiter = { grant, cancelled: false };
      this.#waiting.push(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  #take(): Slot {
    this.#used++;
    let released = false;
    return {
      markUsed: () => undefined,
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

/**
 * Slots as long as the machine has room: up to the minimum at once, beyond it one at a time while memory and CPU are under
 * their targets, never more than the maximum.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ResourceUsage } from './resource-usage.ts';
import type { Slot, Slots } from './slots.ts';

export interface ResourceSlotsOptions {
  readonly minimum: number;
  readonly maximum: number;
  /** At least this long between two slots beyond the minimum. */
  readonly rampThrottleMs: number;
  readonly usage: ResourceUsage;
}

/** How long to wait before looking again whether there is room. */
const LOOK_AGAIN_MS = 100;

export class ResourceSlots implements Slots {
  readonly total = undefined;
  readonly supplierKind = 'ResourceBased';
  readonly #options: ResourceSlotsOptions;
  #used = 0;
  #lastGrantMs = Number.NEGATIVE_INFINITY;

  constructor(options: ResourceSlotsOptions) {
    this.#options = options;
  }

  get used(): number {
    return this.#used;
  }

  tryReserve(): Slot | undefined {
    return this.#hasRoom() ? this.#take() : undefined;
  }

  async reserve(signal: AbortSignal): Promise<Slot> {
    for (;;) {
      const slot = this.tryReserve();
      if (slot !== undefined) return slot;
      await delay(Math.max(this.#options.rampThrottleMs, LOOK_AGAIN_MS), undefined, { signal });
    }
  }

  #hasRoom(): boolean {
    const { minimum, maximum, rampThrottleMs, usage } = this.#options;
    if (this.#used < minimum) return true;
    if (this.#used >= maximum || performance.now() - this.#lastGrantMs < rampThrottleMs) return false;
    return usage.hasRoom();
  }

  #take(): Slot {
    this.#used++;
    this.#lastGrantMs = performance.now();
    let released = false;
    return {
      markUsed: () => undefined,
      release: () => {
        if (!released) this.#used--;
        released = true;
      },
    };
  }
}

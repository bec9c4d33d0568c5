/** Slots that a supplier of the user hands out. */
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkerDeploymentVersion } from '@reprise/common';
import type { CustomSlotSupplier, SlotPermit, SlotReserveContext } from './slot-supplier.ts';
import type { Slot, SlotInfo, Slots, SlotType } from './slots.ts';

export interface SupplierContext {
  readonly slotType: SlotType;
  readonly taskQueue: string;
  readonly workerIdentity: string;
  readonly workerBuildId: string;
  readonly workerDeploymentVersion?: WorkerDeploymentVersion;
  /** Told when the supplier throws. */
  onError(error: unknown): void;
}

const PAUSE_AFTER_ERROR_MS = 1000;

export class SuppliedSlots implements Slots {
  readonly total = undefined;
  readonly supplierKind = 'Custom';
  readonly #supplier: CustomSlotSupplier<SlotInfo>;
  readonly #context: SupplierContext;
  #used = 0;

  constructor(supplier: CustomSlotSupplier<SlotInfo>, context: SupplierContext) {
    this.#supplier = supplier;
    this.#context = context;
  }

  get used(): number {
    return this.#used;
  }

  tryReserve(): Slot | undefined {
    try {
      const permit = this.#supplier.tryReserveSlot(this.#reserveContext(false));
      return permit === null || permit === undefined ? undefined : this.#take(permit);
    } catch (error) {
      this.#context.onError(error);
      return undefined;
    }
  }

  async reserve(signal: AbortSignal, isSticky = false): Promise<Slot> {
    for (;;) {
      try {
        return this.#take(await this.#supplier.reserveSlot(this.#reserveContext(isSticky), signal));
      } catch (error) {
        if (signal.aborted) throw error;
        this.#context.onError(error);
        await delay(PAUSE_AFTER_ERROR_MS, undefined, { signal });
      }
    }
  }

  #reserveContext(isSticky: boolean): SlotReserveContext {
    const { onError: _, ...context } = this.#context;
    return { ...context, isSticky };
  }

  #take(permit: SlotPermit): Slot {
    this.#used++;
    let info: SlotInfo | undefined;
    let released = false;
    return {
      markUsed: (used) => {
        info = used;
        this.#safely(() => this.#supplier.markSlotUsed({ slotInfo: used, permit }));
      },
      release: () => {
        if (released) return;
        released = true;
        this.#used--;
        this.#safely(() => this.#supplier.releaseSlot({ permit, ...(info === undefined ? {} : { slotInfo: info }) }));
      },
    };
  }

  #safely(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#context.onError(error);
    }
  }
}

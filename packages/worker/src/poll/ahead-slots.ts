import type { Slot, Slots } from './slots.ts';

/**
 * Slots of which one is reserved before there is work for it. Suppliers of users expect that of every kind of slot: tasks
 * that are polled for have theirs before the poll, and local activities, which are not polled for, have it by this.
 */
export class AheadSlots implements Slots {
  readonly #slots: Slots;
  readonly #controller = new AbortController();
  #ahead: Promise<Slot> | undefined;
  /** The slot ahead has been handed out, and nobody has it. */
  #isIdle = false;

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  /** Without the one ahead. */
  get used(): number {
    return this.#slots.used - (this.#isIdle ? 1 : 0);
  }

  get total(): number | undefined {
    return this.#slots.total;
  }

  get supplierKind(): string {
    return this.#slots.supplierKind;
  }

  /** Reserves the first. */
  begin(): void {
    if (this.#controller.signal.aborted) return;
    const ahead = this.#slots.reserve(this.#controller.signal);
    this.#ahead = ahead;
    ahead.then(
      () => (this.#isIdle = this.#ahead === ahead),
      () => undefined,
    );
  }

  async reserve(signal: AbortSignal): Promise<Slot> {
    const ahead = this.#ahead;
    if (ahead === undefined) return await this.#slots.reserve(signal);
    this.#ahead = undefined;
    this.#isIdle = false;
    const slot = await ahead;
    if (this.#ahead === undefined) this.begin();
    return slot;
  }

  tryReserve(): Slot | undefined {
    return this.#slots.tryReserve();
  }

  /** Gives the one ahead back. */
  async end(): Promise<void> {
    this.#controller.abort(new Error('The worker has stopped'));
    const ahead = this.#ahead;
    this.#ahead = undefined;
    this.#isIdle = false;
    const slot = await ahead?.catch(() => undefined);
    slot?.release();
  }
}

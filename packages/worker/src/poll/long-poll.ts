/**
 * Keeps a number of long polls open: each takes a slot, polls, and hands over what it gets together with the slot.
 *
 * I1. There are as many loops as `count.target` says, from the next poll that ends on.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { pollBackoffMs } from './backoff.ts';
import type { PollerCount } from './poller-count.ts';
import type { Slot, Slots } from './slots.ts';

export interface Polled<Task> {
  readonly task: Task | undefined;
  readonly suggestedChange?: number | undefined;
}

export interface LongPollOptions<Task> {
  readonly count: PollerCount;
  readonly slots: Slots;
  /** How metrics call these polls. */
  readonly pollerType: string;
  /** The polls ask for runs that this worker has cached. */
  readonly isSticky?: boolean;
  poll(signal: AbortSignal): Promise<Polled<Task>>;
  /** Owns the slot from here on. */
  onTask(task: Task, slot: Slot): void;
  /** A poll failed. Polling goes on, after a pause. */
  onError(error: unknown): void;
}

export class LongPoll<Task> {
  readonly #options: LongPollOptions<Task>;
  readonly #stop = new AbortController();
  /** Ends waiting for slots. */
  readonly #waiting = new AbortController();
  readonly #loops = new Set<Promise<void>>();
  #finishing = false;
  #lastTaskMs: number | undefined;
  #failures = 0;

  constructor(options: LongPollOptions<Task>) {
    this.#options = options;
  }

  /** Polls until `stop`; resolves when the last poll has ended. */
  async run(): Promise<void> {
    this.#fill();
    while (this.#loops.size > 0) await Promise.all(this.#loops);
  }

  get pollerType(): string {
    return this.#options.pollerType;
  }

  /** Polls that are open, or wait for a slot. */
  get open(): number {
    return this.#loops.size;
  }

  get isAutoscaling(): boolean {
    return this.#options.count.isAutoscaling;
  }

  /** When a poll last brought a task. */
  get lastTaskMs(): number | undefined {
    return this.#lastTaskMs;
  }

  /** Opens no more polls; those that are open may end by themselves. Polls that wait for a slot end at once. */
  finish(): void {
    this.#finishing = true;
    this.#waiting.abort(new Error('The worker is shutting down'));
  }

  /** Ends the polls that are open and opens no more. */
  stop(): void {
    this.finish();
    this.#stop.abort(new Error('The worker is shutting down'));
  }

  #fill(): void {
    while (this.#loops.size < this.#options.count.target && !this.#finishing) {
      const loop = this.#loop().finally(() => this.#loops.delete(loop));
      this.#loops.add(loop);
    }
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop;
    while (!this.#finishing) {
      let slot: Slot | undefined;
      try {
        slot = await this.#options.slots.reserve(this.#waiting.signal, this.#options.isSticky);
        const { task, suggestedChange } = await this.#options.poll(signal);
        this.#failures = 0;
        this.#options.count.onPoll({ isEmpty: task === undefined, suggestedChange });
        if (task !== undefined) {
          const taken = slot;
          slot = undefined;
          this.#lastTaskMs = Date.now();
          this.#options.onTask(task, taken);
        }
      } catch (error) {
        slot?.release();
        slot = undefined;
        if (this.#finishing) return;
        await this.#pause(error);
      } finally {
        slot?.release();
      }
      this.#fill();
      if (this.#loops.size > this.#options.count.target) return; // I1
    }
  }

  async #pause(error: unknown): Promise<void> {
    this.#failures++;
    this.#options.count.onError(error);
    this.#options.onError(error);
    await delay(pollBackoffMs(this.#failures, error), undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

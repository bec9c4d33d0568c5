/** Keeps a number of long polls open: each takes a slot, polls, and hands over what it gets together with the slot. */
import { setTimeout as delay } from 'node:timers/promises';
import { pollBackoffMs } from './backoff.ts';
import type { Slot, Slots } from './slots.ts';

export interface LongPollOptions<Task> {
  /** Polls that are open at the same time. */
  readonly pollers: number;
  readonly slots: Slots;
  /** One poll; undefined when it came back empty. */
  poll(signal: AbortSignal): Promise<Task | undefined>;
  /** Owns the slot from here on. */
  onTask(task: Task, slot: Slot): void;
  /** A poll failed. Polling goes on, after a pause, unless this throws: then `run` rejects. */
  onError(error: unknown): void;
}

export class LongPoll<Task> {
  readonly #options: LongPollOptions<Task>;
  readonly #stop = new AbortController();
  #failures = 0;

  constructor(options: LongPollOptions<Task>) {
    this.#options = options;
  }

  /** Polls until `stop`; resolves when the last poll has ended. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: this.#options.pollers }, () => this.#loop()));
  }

  /** Ends the polls that are open and opens no more. */
  stop(): void {
    this.#stop.abort(new Error('The worker is shutting down'));
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let slot: Slot | undefined;
      try {
        slot = await this.#options.slots.reserve(signal);
        const task = await this.#options.poll(signal);
        this.#failures = 0;
        if (task !== undefined) {
          this.#options.onTask(task, slot);
          slot = undefined;
        }
      } catch (error) {
        slot?.release();
        slot = undefined;
        if (signal.aborted) return;
        await this.#pause(error);
      } finally {
        slot?.release();
      }
    }
  }

  async #pause(error: unknown): Promise<void> {
    this.#failures++;
    this.#options.onError(error);
    await delay(pollBackoffMs(this.#failures, error), undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

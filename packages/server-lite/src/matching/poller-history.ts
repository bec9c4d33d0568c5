import type { Poll } from './matching.ts';

export interface PollerRecord {
  readonly identity: string;
  /** Server time, ms since the epoch. */
  readonly lastAccessMs: number;
  readonly poll: Poll;
}

/** Who has polled a queue lately. Times are server time, in ms. */
export class PollerHistory {
  readonly #pollers = new Map<string, PollerRecord>();
  #lastAccessMs = -Infinity;

  record(poll: Poll, nowMs: number): void {
    this.#lastAccessMs = Math.max(this.#lastAccessMs, nowMs);
    this.#pollers.set(poll.identity, { identity: poll.identity, lastAccessMs: nowMs, poll });
  }

  forget(identity: string): void {
    this.#pollers.delete(identity);
    if (this.#pollers.size === 0) this.#lastAccessMs = -Infinity;
  }

  seenSince(sinceMs: number): boolean {
    return this.#lastAccessMs >= sinceMs;
  }

  /** Latest first. Those not seen since are forgotten. */
  list(sinceMs: number): PollerRecord[] {
    for (const [identity, poller] of this.#pollers) {
      if (poller.lastAccessMs < sinceMs) this.#pollers.delete(identity);
    }
    return [...this.#pollers.values()].sort((a, b) => b.lastAccessMs - a.lastAccessMs);
  }
}

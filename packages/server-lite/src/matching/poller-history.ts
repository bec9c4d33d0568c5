import type { Poll } from './matching.ts';
import { laneOfPoll, unversionedLane } from './poll-lane.ts';

export interface PollerRecord {
  readonly identity: string;
  /** Server time, ms since the epoch. */
  readonly lastAccessMs: number;
  readonly poll: Poll;
}

/** One process may poll as several versions. */
function keyOf(poll: Poll): string {
  const lane = laneOfPoll(poll);
  return lane === unversionedLane ? poll.identity : `${poll.identity}/${lane}`;
}

/** Who has polled a queue lately. Times are server time, in ms. */
export class PollerHistory {
  readonly #pollers = new Map<string, PollerRecord>();
  #lastAccessMs = -Infinity;

  record(poll: Poll, nowMs: number): void {
    this.#lastAccessMs = Math.max(this.#lastAccessMs, nowMs);
    this.#pollers.set(keyOf(poll), { identity: poll.identity, lastAccessMs: nowMs, poll });
  }

  forget(identity: string): void {
    for (const [key, poller] of this.#pollers) if (poller.identity === identity) this.#pollers.delete(key);
    if (this.#pollers.size === 0) this.#lastAccessMs = -Infinity;
  }

  seenSince(sinceMs: number): boolean {
    return this.#lastAccessMs >= sinceMs;
  }

  /** Latest first. Those not seen since are forgotten. */
  list(sinceMs: number): PollerRecord[] {
    for (const [key, poller] of this.#pollers) {
      if (poller.lastAccessMs < sinceMs) this.#pollers.delete(key);
    }
    return [...this.#pollers.values()].sort((a, b) => b.lastAccessMs - a.lastAccessMs);
  }
}

import { describe, expect, it } from 'vitest';
import { Deadlines } from './deadlines.ts';
import type { Expiring } from './deadlines.ts';
import type { Place } from './linked-list.ts';

/** Calls that say how they ended. */
class Ended {
  readonly deadlines = new Deadlines();
  readonly order: number[] = [];
  readonly #startMs = Date.now();

  add(afterMs: number, then?: () => void): Place<Expiring> {
    const call: Expiring = {
      deadlineMs: this.#startMs + afterMs,
      expire: () => {
        this.order.push(afterMs);
        this.deadlines.remove(place);
        then?.();
      },
    };
    const place = this.deadlines.add(call);
    return place;
  }

  /** Resolves when a call that is added now has ended. */
  lastAfter(afterMs: number): Promise<void> {
    return new Promise((resolve) => this.add(afterMs, resolve));
  }
}

describe('Deadlines', () => {
  it('ends calls when their time has come, and none that has left or has time', async () => {
    const ended = new Ended();
    ended.add(70_000);
    ended.add(3_000_000_000);
    const left = ended.add(15);
    ended.add(20);
    ended.add(20);
    ended.add(10);
    ended.add(-5);
    ended.deadlines.remove(left);
    await ended.lastAfter(30);
    // A timer that comes late ends those that are due in the order in which they came.
    expect(ended.order.toSorted((a, b) => a - b)).toEqual([-5, 10, 20, 20, 30]);
  });

  it('ends calls that come when another one ends', async () => {
    const ended = new Ended();
    const last = Promise.withResolvers<void>();
    ended.add(10, () => ended.add(20, last.resolve));
    await last.promise;
    expect(ended.order).toEqual([10, 20]);
  });
});

/** What one turn of the event loop has decided, to be committed together, and those who wait for that. */
import type { Effect } from '../execution/effects.ts';
import { type Changes, noChanges } from '../store/store.ts';

export class Turn {
  readonly changes: Changes = noChanges();
  /** Keys of runs that changed. */
  readonly touched = new Set<number>();
  /** Keys of runs that are gone, for all that comes later in the turn. */
  readonly deleted = new Set<number>();
  readonly effects: Effect[] = [];
  /** The store has it. */
  readonly written = Promise.withResolvers<void>();
  /** It is durable. */
  readonly settled = Promise.withResolvers<void>();

  constructor() {
    // Whoever asked for the change hears of a failure; effects of nobody's asking have no one to tell.
    this.written.promise.catch(() => {});
    this.settled.promise.catch(() => {});
  }
}

/** Ends of updates of which nothing stays in the execution: kept here for those who wait, and a while longer. */
import type { RunRef } from './execution/run-ref.ts';
import type { UpdateEnd } from './execution/update-state.ts';

const kept = 10_000;

export class UpdateOutcomes {
  readonly #ends = new Map<string, UpdateEnd>();

  end(run: RunRef, updateId: string, end: UpdateEnd): void {
    this.#ends.set(`${run.key}/${updateId}`, end);
    if (this.#ends.size <= kept) return;
    for (const key of this.#ends.keys()) {
      this.#ends.delete(key);
      return;
    }
  }

  endOf(run: RunRef, updateId: string): UpdateEnd | undefined {
    return this.#ends.get(`${run.key}/${updateId}`);
  }

  /** The id is used again, for another try. */
  forget(run: RunRef, updateId: string): void {
    this.#ends.delete(`${run.key}/${updateId}`);
  }
}

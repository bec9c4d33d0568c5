/** Ends of updates of which nothing stays in the execution: kept here until those who wait have heard. */
import type { RunRef } from '../execution/run-ref.ts';
import type { UpdateEnd } from '../execution/update-state.ts';

export class UpdateOutcomes {
  readonly #ends = new Map<string, UpdateEnd>();

  end(run: RunRef, updateId: string, end: UpdateEnd): void {
    this.#ends.set(`${run.key}/${updateId}`, end);
  }

  endOf(run: RunRef, updateId: string): UpdateEnd | undefined {
    return this.#ends.get(`${run.key}/${updateId}`);
  }

  forget(run: RunRef, updateId: string): void {
    this.#ends.delete(`${run.key}/${updateId}`);
  }
}

/** Rejections of updates: nothing of them stays in the execution, so they are kept here for those who wait, and a while longer. */
import type { RunRef } from './execution/run-ref.ts';
import type { Failure } from './execution/wire.ts';

const kept = 10_000;

export class UpdateOutcomes {
  readonly #rejected = new Map<string, Failure>();

  reject(run: RunRef, updateId: string, failure: Failure): void {
    this.#rejected.set(`${run.key}/${updateId}`, failure);
    if (this.#rejected.size <= kept) return;
    for (const key of this.#rejected.keys()) {
      this.#rejected.delete(key);
      return;
    }
  }

  rejection(run: RunRef, updateId: string): Failure | undefined {
    return this.#rejected.get(`${run.key}/${updateId}`);
  }

  /** The id is used again, for another try. */
  forget(run: RunRef, updateId: string): void {
    this.#rejected.delete(`${run.key}/${updateId}`);
  }
}

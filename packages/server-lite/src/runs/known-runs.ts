import type { RunName, RunRow, Store } from '../store/store.ts';

/**
 * Rows of runs that are open, by run id, so that those who speak of a run in every call need not have it looked up. As long
 * as a run is open its row does not change.
 */
export class KnownRuns {
  readonly #store: Pick<Store, 'findRun'>;
  readonly #capacity: number;
  readonly #rows = new Map<string, RunRow>();

  constructor(store: Pick<Store, 'findRun'>, capacity: number) {
    this.#store = store;
    this.#capacity = capacity;
  }

  /** The run of this id, from the store when it is not known here. */
  find({ kind, namespaceId, workflowId }: RunName, runId: string): RunRow | undefined {
    const known = this.#rows.get(runId);
    if (known?.workflowId === workflowId && known.namespaceId === namespaceId && known.kind === kind) return known;
    const row = this.#store.findRun({ kind, namespaceId, workflowId, runId });
    if (row) this.add(row);
    return row;
  }

  add(row: RunRow): void {
    if (row.closeTimeMs !== undefined) return;
    this.#rows.set(row.runId, row);
    if (this.#rows.size <= this.#capacity) return;
    for (const oldest of this.#rows.keys()) {
      this.#rows.delete(oldest);
      return;
    }
  }

  delete(runId: string): void {
    this.#rows.delete(runId);
  }
}

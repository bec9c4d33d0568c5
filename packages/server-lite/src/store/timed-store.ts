/** A store of another kind whose operations are timed, and whose commits can be made as slow as those of another disk. */
import type { Batch, Documents, RunRow, Store, StoredRun } from './store.ts';

export interface TimedStoreOptions {
  readonly commitDelayMs: number;
  /** Told of each operation when it has ended. */
  readonly ended: (operation: string, durationMs: number, failed: boolean) => void;
}

export class TimedStore implements Store {
  readonly documents: Documents;
  readonly #store: Store;
  readonly #options: TimedStoreOptions;
  readonly #nobody = new Int32Array(new SharedArrayBuffer(4));

  constructor(store: Store, options: TimedStoreOptions) {
    this.documents = store.documents;
    this.#store = store;
    this.#options = options;
  }

  nextRunKey(): number {
    return this.#store.nextRunKey();
  }

  commit(batch: Batch): void {
    this.#time('Commit', () => {
      this.#store.commit(batch);
      const { commitDelayMs } = this.#options;
      // As a disk would, it keeps the whole process waiting.
      if (commitDelayMs > 0) Atomics.wait(this.#nobody, 0, 0, commitDelayMs);
    });
  }

  load(runKey: number): StoredRun | undefined {
    return this.#time('LoadRun', () => this.#store.load(runKey));
  }

  findRun(run: Parameters<Store['findRun']>[0]): RunRow | undefined {
    return this.#time('FindRun', () => this.#store.findRun(run));
  }

  findCurrentRun(run: Parameters<Store['findCurrentRun']>[0]): RunRow | undefined {
    return this.#time('FindCurrentRun', () => this.#store.findCurrentRun(run));
  }

  readBatches(runKey: number, options: { fromEventId: number; limit: number }): Uint8Array[] {
    return this.#time('ReadHistory', () => this.#store.readBatches(runKey, options));
  }

  readBatchesReverse(runKey: number, options: { fromEventId: number; limit: number }): Uint8Array[] {
    return this.#time('ReadHistoryReverse', () => this.#store.readBatchesReverse(runKey, options));
  }

  agenda(untilMs: number): { runKey: number; dueMs: number }[] {
    return this.#time('ReadAgenda', () => this.#store.agenda(untilMs));
  }

  closedBefore(namespaceId: string, closeTimeMs: number, limit: number): RunRow[] {
    return this.#time('FindExpired', () => this.#store.closedBefore(namespaceId, closeTimeMs, limit));
  }

  shrink(mostBytes: number): boolean {
    return this.#time('Shrink', () => this.#store.shrink(mostBytes));
  }

  close(): void {
    this.#store.close();
  }

  #time<Result>(operation: string, work: () => Result): Result {
    const startedMs = performance.now();
    let failed = true;
    try {
      const result = work();
      failed = false;
      return result;
    } finally {
      this.#options.ended(operation, performance.now() - startedMs, failed);
    }
  }
}

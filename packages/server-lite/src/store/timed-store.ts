/** A store of another kind whose operations are timed, and which can be made to wait for a slower disk. */
import { setTimeout } from 'node:timers/promises';
import type { Changes, Documents, RunRow, Store, StoredRun } from './store.ts';

export interface TimedStoreOptions {
  readonly commitDelayMs: number;
  /** Told of each operation when it has ended. */
  readonly ended: (operation: string, durationMs: number, failed: boolean) => void;
}

export class TimedStore implements Store {
  readonly documents: Documents;
  readonly #store: Store;
  readonly #options: TimedStoreOptions;

  constructor(store: Store, options: TimedStoreOptions) {
    this.documents = store.documents;
    this.#store = store;
    this.#options = options;
  }

  nextRunKey(): number {
    return this.#store.nextRunKey();
  }

  commit(changes: Changes): void {
    this.#time('Commit', () => this.#store.commit(changes));
  }

  sync(): Promise<void> | undefined {
    const synced = this.#store.sync();
    const { commitDelayMs, ended } = this.#options;
    if (!synced && commitDelayMs === 0) return undefined;
    const startedMs = performance.now();
    const told = (failed: boolean): void => ended('Sync', performance.now() - startedMs, failed);
    return Promise.resolve(synced)
      .then(() => (commitDelayMs > 0 ? setTimeout(commitDelayMs) : undefined))
      .then(
        () => told(false),
        (error: unknown) => {
          told(true);
          throw error;
        },
      );
  }

  syncNow(): void {
    this.#time('Sync', () => this.#store.syncNow());
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

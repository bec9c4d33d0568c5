/**
 * Executions by the keys of their runs: from memory, or folded from what the store has.
 *
 * I1. A run that an open turn has touched stays in memory until the turn is committed.
 */
import { notFound } from '../errors.ts';
import type { Execution } from '../execution/execution.ts';
import type { RunCache } from './run-cache.ts';
import { foldRun } from './run-codec.ts';
import type { Store } from '../store/store.ts';
import type { Turn } from '../turn/turn.ts';

export interface LoadedRunsOptions {
  readonly store: Pick<Store, 'load'>;
  readonly cache: RunCache;
  /** The turn that has been decided and not written. */
  readonly openTurn: () => Turn | undefined;
}

export class LoadedRuns {
  readonly #options: LoadedRunsOptions;

  constructor(options: LoadedRunsOptions) {
    this.#options = options;
  }

  /** Undefined when the run is not kept any more. */
  find(key: number): Execution | undefined {
    const { cache, store, openTurn } = this.#options;
    if (openTurn()?.deleted.has(key)) return undefined;
    const cached = cache.get(key);
    if (cached) return cached;
    const stored = store.load(key);
    if (!stored) return undefined;
    const execution = foldRun(stored.row, stored.transitions);
    cache.set(key, execution);
    return execution;
  }

  /** @throws ServiceError NOT_FOUND */
  load(key: number): Execution {
    const execution = this.find(key);
    if (!execution) throw notFound('workflow execution not found');
    return execution;
  }

  /** What a failed decision has done to the run is forgotten: it is read anew, with what the open turn had decided before. */
  rollBack(key: number): void {
    const { cache, store, openTurn } = this.#options;
    cache.delete(key);
    const changes = openTurn()?.changes;
    const pending = (changes?.transitions ?? []).filter(({ runKey }) => runKey === key);
    if (pending.length === 0) return;
    const stored = store.load(key);
    const row = stored?.row ?? changes?.createRuns.find((run) => run.key === key);
    if (!row) throw new TypeError(`expected run ${key}, which this turn has changed, to be stored or new`);
    const decided = pending.map(({ batches, ...transition }) => ({ ...transition, events: batches }));
    cache.set(key, foldRun(row, [...(stored?.transitions ?? []), ...decided]));
  }

  trim(): void {
    const touched = this.#options.openTurn()?.touched;
    this.#options.cache.trim((key) => touched?.has(key) === true);
  }
}

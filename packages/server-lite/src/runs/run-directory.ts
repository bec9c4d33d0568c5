/** Which run a name stands for: one that the open turn has begun, one that is known to be open, or one that is stored. */
import { notFound } from '../errors.ts';
import type { RunKind } from '../execution/run-ref.ts';
import { KnownRuns } from './known-runs.ts';
import type { RunName, RunRow, Store } from '../store/store.ts';
import type { Turn } from '../turn/turn.ts';

export interface RunDirectoryOptions {
  readonly store: Pick<Store, 'findRun' | 'findCurrentRun'>;
  /** So many open runs are known without asking the store. */
  readonly capacity: number;
  /** The turn that has been decided and not written. */
  readonly openTurn: () => Turn | undefined;
}

const idOf = ({ kind, namespaceId, workflowId }: RunName, runId = ''): string =>
  `${kind}/${namespaceId}/${runId}/${workflowId}`;

export class RunDirectory {
  readonly known: KnownRuns;
  readonly #options: RunDirectoryOptions;
  /** Runs that the store does not know of yet, by their ids; current runs by workflow id. */
  readonly #uncommitted = new Map<string, RunRow>();

  constructor(options: RunDirectoryOptions) {
    this.#options = options;
    this.known = new KnownRuns(options.store, options.capacity);
  }

  /** The run of this id, or the current one of the workflow or activity. */
  find(name: RunName, runId = ''): RunRow | undefined {
    const { store, openTurn } = this.#options;
    const deleted = openTurn()?.deleted;
    const uncommitted = this.#uncommitted.get(idOf(name, runId));
    if (uncommitted && !deleted?.has(uncommitted.key)) return uncommitted;
    const stored = runId === '' ? store.findCurrentRun(name) : this.known.find(name, runId);
    return stored && deleted?.has(stored.key) ? undefined : stored;
  }

  /** The run is the current one of its workflow or activity from now on. */
  add(row: RunRow): void {
    this.#uncommitted.set(idOf(row, row.runId), row);
    this.#uncommitted.set(idOf(row), row);
  }

  /** The store is about to get all that was added. */
  commit(): void {
    this.#uncommitted.clear();
  }
}

export function noSuchRun(kind: RunKind, workflowId: string, runId: string): Error {
  if (kind === 'activity') return notFound(`activity not found for ID: ${workflowId}`);
  return notFound(
    runId === ''
      ? `workflow not found for ID: ${workflowId}`
      : `workflow execution not found for workflow ID "${workflowId}" and run ID "${runId}"`,
  );
}

/**
 * Executions in memory, the least recently used of which are let go. Of those that have closed few are kept: what is asked
 * of them is asked soon after.
 */
import { type Execution, isRunning } from '../execution/execution.ts';

export class RunCache {
  readonly #capacity: { readonly running: number; readonly closed: number };
  readonly #running = new Map<number, Execution>();
  readonly #closed = new Map<number, Execution>();
  /** How often a run was wanted, and how often it was not here. */
  requests = 0;
  misses = 0;

  constructor(capacity: { readonly running: number; readonly closed: number }) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#running.size + this.#closed.size;
  }

  get(key: number): Execution | undefined {
    const execution = this.#running.get(key) ?? this.#closed.get(key);
    this.requests++;
    if (execution) this.set(key, execution);
    else this.misses++;
    return execution;
  }

  set(key: number, execution: Execution): void {
    this.delete(key);
    (isRunning(execution) ? this.#running : this.#closed).set(key, execution);
  }

  delete(key: number): void {
    if (!this.#running.delete(key)) this.#closed.delete(key);
  }

  /** @param isPinned names runs that have to stay */
  trim(isPinned: (key: number) => boolean): void {
    trim(this.#running, this.#capacity.running, isPinned);
    trim(this.#closed, this.#capacity.closed, isPinned);
  }
}

function trim(executions: Map<number, Execution>, capacity: number, isPinned: (key: number) => boolean): void {
  if (executions.size <= capacity) return;
  for (const key of executions.keys()) {
    if (executions.size <= capacity) return;
    if (!isPinned(key)) executions.delete(key);
  }
}

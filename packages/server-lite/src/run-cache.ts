/** Executions in memory, the least recently used of which are let go. */
import type { Execution } from './execution/execution.ts';

export class RunCache {
  readonly #capacity: number;
  readonly #executions = new Map<number, Execution>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: number): Execution | undefined {
    const execution = this.#executions.get(key);
    if (!execution) return undefined;
    this.#executions.delete(key);
    this.#executions.set(key, execution);
    return execution;
  }

  set(key: number, execution: Execution): void {
    this.#executions.set(key, execution);
  }

  delete(key: number): void {
    this.#executions.delete(key);
  }

  /** @param isPinned names runs that have to stay */
  trim(isPinned: (key: number) => boolean): void {
    if (this.#executions.size <= this.#capacity) return;
    for (const key of this.#executions.keys()) {
      if (this.#executions.size <= this.#capacity) return;
      if (!isPinned(key)) this.#executions.delete(key);
    }
  }
}

/**
 * The tasks of one lane that wait, in the order in which they will be handed out: by priority, then fairly between
 * fairness keys, then first come first served.
 *
 * Fairness is by passes: each key's next task gets a pass 1/weight after the key's last, and never one that is behind the
 * pass being served, so that a key with many tasks does not hold up another, and an idle key saves nothing up.
 */
import { KeyedHeap } from '../keyed-heap.ts';
import type { WorkerTask } from './matching.ts';

export const defaultPriority = 3;
const lowestPriority = 5;

/** 1 goes first; what is beyond the last counts as the last. */
export const priorityOf = ({ priority }: WorkerTask): number =>
  Math.min(priority?.priorityKey || defaultPriority, lowestPriority);

interface Waiting {
  readonly key: string;
  readonly priority: number;
  readonly pass: number;
  readonly order: number;
  readonly task: WorkerTask;
}

export class Backlog {
  readonly #heap = new KeyedHeap<Waiting>(
    (a, b) =>
      a.priority < b.priority ||
      (a.priority === b.priority && (a.pass < b.pass || (a.pass === b.pass && a.order < b.order))),
  );
  readonly #lastPassOfKey = new Map<string, number>();
  readonly #weightOverrides: ReadonlyMap<string, number>;
  #servedPass = 0;

  constructor(weightOverrides: ReadonlyMap<string, number>) {
    this.#weightOverrides = weightOverrides;
  }

  get size(): number {
    return this.#heap.size;
  }

  tasks(): WorkerTask[] {
    return this.#heap.values().map((waiting) => waiting.task);
  }

  has(taskId: string): boolean {
    return this.#heap.has(taskId);
  }

  /** @param order grows with each task that became ready later. */
  add(task: WorkerTask, order: number): void {
    this.#heap.set({ key: task.id, priority: priorityOf(task), pass: this.#passOf(task), order, task });
  }

  delete(taskId: string): void {
    this.#heap.delete(taskId);
  }

  peek(): WorkerTask | undefined {
    return this.#heap.peek()?.task;
  }

  pop(): WorkerTask | undefined {
    const waiting = this.#heap.pop();
    if (!waiting) return undefined;
    this.#servedPass = Math.max(this.#servedPass, waiting.pass);
    if (this.#heap.size === 0) this.#forgetPasses();
    return waiting.task;
  }

  #passOf(task: WorkerTask): number {
    const key = task.priority?.fairnessKey;
    if (!key) return this.#servedPass;
    const weight = this.#weightOverrides.get(key) ?? (task.priority?.fairnessWeight || 1);
    const last = this.#lastPassOfKey.get(key);
    const pass = last === undefined ? this.#servedPass : Math.max(this.#servedPass, last + 1 / weight);
    this.#lastPassOfKey.set(key, pass);
    return pass;
  }

  #forgetPasses(): void {
    this.#lastPassOfKey.clear();
    this.#servedPass = 0;
  }
}

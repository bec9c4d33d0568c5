/**
 * Queries that ride on a workflow task. They live in memory, with those who wait for their answers.
 *
 * I1. A query is either waiting for a task or sent with the one that is started; when that ends without an answer, it
 *     waits again.
 */
import type { temporal } from '@reprise/proto';
import type { RunRef } from '../execution/run-ref.ts';

type Query = temporal.api.query.v1.WorkflowQuery;
type Result = temporal.api.query.v1.WorkflowQueryResult;

export type QueryEnd =
  | { readonly kind: 'answered'; readonly result: Result }
  /** No task will carry it: ask a worker directly. */
  | { readonly kind: 'askDirectly' }
  | { readonly kind: 'failed'; readonly error: Error };

interface Buffered {
  readonly id: string;
  readonly query: Query;
  sent: boolean;
  readonly end: (end: QueryEnd) => void;
}

export class BufferedQueries {
  readonly #byRun = new Map<number, Map<string, Buffered>>();

  count(run: RunRef): number {
    return this.#byRun.get(run.key)?.size ?? 0;
  }

  /** @returns how it ended, and how to give up */
  add(run: RunRef, id: string, query: Query): { ended: Promise<QueryEnd>; withdraw: () => void } {
    let queries = this.#byRun.get(run.key);
    if (!queries) this.#byRun.set(run.key, (queries = new Map()));
    const { promise, resolve } = Promise.withResolvers<QueryEnd>();
    queries.set(id, { id, query, sent: false, end: resolve });
    return { ended: promise, withdraw: () => this.#remove(run, id) };
  }

  /** All that wait, to go with the task that is being started. */
  takeBuffered(run: RunRef): Record<string, Query> {
    const taken: Record<string, Query> = {};
    for (const buffered of this.#byRun.get(run.key)?.values() ?? []) {
      buffered.sent = true;
      taken[buffered.id] = buffered.query;
    }
    return taken;
  }

  /** A task was completed, with these answers. What was sent and not answered is asked directly, unless a task follows. */
  taskCompleted(run: RunRef, results: Readonly<Record<string, Result>>, hasNextTask: boolean): void {
    for (const buffered of [...(this.#byRun.get(run.key)?.values() ?? [])]) {
      const result = results[buffered.id];
      if (result) this.#end(run, buffered, { kind: 'answered', result });
      else if (hasNextTask) buffered.sent = false;
      else this.#end(run, buffered, { kind: 'askDirectly' });
    }
  }

  /** The task that carried them ended without success. */
  taskFailed(run: RunRef, isClosed: boolean): void {
    for (const buffered of [...(this.#byRun.get(run.key)?.values() ?? [])]) {
      buffered.sent = false;
      if (isClosed) this.#end(run, buffered, { kind: 'askDirectly' });
    }
  }

  failAll(run: RunRef, error: Error): void {
    for (const buffered of [...(this.#byRun.get(run.key)?.values() ?? [])])
      this.#end(run, buffered, { kind: 'failed', error });
  }

  #end(run: RunRef, buffered: Buffered, end: QueryEnd): void {
    this.#remove(run, buffered.id);
    buffered.end(end);
  }

  #remove(run: RunRef, id: string): void {
    const queries = this.#byRun.get(run.key);
    queries?.delete(id);
    if (queries?.size === 0) this.#byRun.delete(run.key);
  }
}

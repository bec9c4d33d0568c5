/**
 * Deletes what nobody is entitled to any more: executions that closed longer ago than their namespace keeps them, and
 * everything of namespaces that were deleted.
 *
 * Looks every few minutes of real time, so that it never is something that virtual time would skip to.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { NamespaceState } from '@reprise/proto';
import type { RunRef } from '../execution/run-ref.ts';
import { activityDivision } from '../execution/standalone-record.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../time/clock.ts';
import type { Visibility } from '../visibility/visibility.ts';
import type { InternalCall } from './internal-calls.ts';
import type { Logger } from './logger.ts';
import type { Namespace, NamespaceRegistry } from './namespaces.ts';

const intervalMs = 5 * 60_000;
const atOnce = 200;
const shrinkBytes = 4 * 1024 * 1024;

export interface RetentionOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly visibility: Visibility;
  readonly namespaces: NamespaceRegistry;
  readonly log: Logger;
  readonly call: InternalCall;
}

type ExpiredRun = Pick<RunRef, 'kind' | 'workflowId' | 'runId'>;

export class Retention {
  readonly #options: RetentionOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.sweep(), intervalMs);
    this.#timer.unref();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  /** Begins to delete what is due, after what is being deleted already. */
  sweep(): void {
    this.#running = this.#running
      .then(() => this.#sweep())
      .catch((error: unknown) => {
        this.#options.log.error('retention could not delete', { error });
      });
  }

  async #sweep(): Promise<void> {
    for (const namespace of this.#options.namespaces.list()) {
      if (namespace.state === NamespaceState.NAMESPACE_STATE_DELETED) await this.#empty(namespace);
      else await this.#expire(namespace);
    }
    await this.#shrink();
  }

  /** A little at a time, so that callers need not wait for it. */
  async #shrink(): Promise<void> {
    while (!this.#stopped && this.#options.store.shrink(shrinkBytes)) await nextTurn();
  }

  async #expire(namespace: Namespace): Promise<void> {
    const untilMs = this.#options.clock.now() - namespace.retentionMs;
    for (;;) {
      const runs = this.#options.store.closedBefore(namespace.id, untilMs, atOnce);
      if (runs.length === 0 || this.#stopped) return;
      const deleted = await this.#deleteAll(namespace, runs);
      if (deleted === 0) return;
    }
  }

  async #empty(namespace: Namespace): Promise<void> {
    for (const kind of ['workflow', 'activity'] as const) {
      const division = kind === 'activity' ? activityDivision : undefined;
      const query = { namespaceId: namespace.id, query: '', division, pageSize: atOnce };
      for (;;) {
        const { records } = this.#options.visibility.list(query);
        if (this.#stopped) return;
        if (records.length === 0) break;
        const runs = records.map(({ workflowId, runId }) => ({ kind, workflowId, runId }));
        if ((await this.#deleteAll(namespace, runs)) === 0) return;
      }
    }
    this.#options.namespaces.remove(namespace);
  }

  async #deleteAll(namespace: Namespace, runs: readonly ExpiredRun[]): Promise<number> {
    let deleted = 0;
    for (const run of runs) {
      if (this.#stopped) return 0;
      const { workflowId, runId } = run;
      await this.#delete(namespace.name, run).then(
        () => void deleted++,
        (error: unknown) => this.#options.log.warn('an expired run could not be deleted', { workflowId, runId, error }),
      );
    }
    return deleted;
  }

  async #delete(namespace: string, { kind, workflowId, runId }: ExpiredRun): Promise<void> {
    const { call } = this.#options;
    if (kind === 'activity') await call('deleteActivityExecution', { namespace, activityId: workflowId, runId });
    else await call('deleteWorkflowExecution', { namespace, workflowExecution: { workflowId, runId } });
  }
}

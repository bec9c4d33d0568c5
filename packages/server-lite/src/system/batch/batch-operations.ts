/**
 * Batches: one operation carried out on many executions, at a bounded rate. One at a time per namespace.
 *
 * I1. What is left to do is not stored: a batch that the server was in the middle of starts over, and every operation
 *     carries the job's id as its request id, so that doing it again changes nothing.
 */
import { BatchOperationState } from '@reprise/proto';
import { notFound, resourceExhausted, ServiceError, StatusCode, workflowAlreadyStarted } from '../../errors.ts';
import { RateLimiter } from '../../matching/rate-limiter.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../time/clock.ts';
import type { Visibility } from '../../visibility/visibility.ts';
import type { BatchRecord, BatchRequest } from './batch-record.ts';
import { batchQuery } from './batch-query.ts';
import { type BatchTarget, carryOut } from './batch-step.ts';
import type { DynamicConfig } from '../dynamic-config.ts';
import type { InternalCall } from '../internal-calls.ts';
import type { Logger } from '../logger.ts';
import type { Random } from '../random.ts';
import { openRecords, type Records } from '../records.ts';

export interface BatchOperationsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly config: DynamicConfig;
  readonly log: Logger;
  readonly visibility: Visibility;
  readonly call: InternalCall;
}

const keyOf = (namespaceId: string, jobId: string): string => `${namespaceId}/${jobId}`;
const busy = 2;
/** A rate of 0 lets nothing through, until the batch is ended. */
const longestWaitMs = 1000;
const pageSize = 1000;

export class BatchOperations {
  readonly #options: BatchOperationsOptions;
  readonly #records: Records<BatchRecord>;
  readonly #byKey = new Map<string, BatchRecord>();
  readonly #stopped = new AbortController();

  constructor(options: BatchOperationsOptions) {
    this.#options = options;
    this.#records = openRecords(options.store, 'batchOperations');
    for (const { key, value } of this.#records.list()) this.#byKey.set(key, value);
  }

  start(): void {
    for (const [key, record] of this.#byKey) {
      if (record.state === BatchOperationState.BATCH_OPERATION_STATE_RUNNING) void this.#run(key);
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** @throws ServiceError NOT_FOUND */
  require(namespaceId: string, jobId: string): BatchRecord {
    const record = this.#byKey.get(keyOf(namespaceId, jobId));
    if (!record) throw notFound(`workflow not found for ID: ${jobId}`);
    return record;
  }

  /** Newest first. */
  list(namespaceId: string): BatchRecord[] {
    const own = [...this.#byKey.values()].filter((record) => record.namespaceId === namespaceId);
    return own.sort((a, b) => b.startMs - a.startMs || (a.jobId < b.jobId ? -1 : 1));
  }

  /** @throws ServiceError RESOURCE_EXHAUSTED or ALREADY_EXISTS */
  create(
    namespace: { id: string; name: string },
    request: BatchRequest,
    operation: { type: number; identity: string },
  ): void {
    const jobId = request.jobId ?? '';
    const key = keyOf(namespace.id, jobId);
    const isRunning = (record: BatchRecord): boolean =>
      record.namespaceId === namespace.id && record.state === BatchOperationState.BATCH_OPERATION_STATE_RUNNING;
    const most = this.#options.config.get('frontend.MaxConcurrentBatchOperationPerNamespace');
    if ([...this.#byKey.values()].filter(isRunning).length >= most) {
      throw resourceExhausted('Max concurrent batch operations is reached', { cause: busy });
    }
    const existing = this.#byKey.get(key);
    if (existing) {
      throw workflowAlreadyStarted(
        `Workflow execution already finished. WorkflowId: ${jobId}, RunId: ${existing.runId}. Workflow Id reuse policy: reject duplicate workflow Id.`,
        { startRequestId: existing.startRequestId, runId: existing.runId },
      );
    }
    this.#put({
      namespaceId: namespace.id,
      namespace: namespace.name,
      jobId,
      runId: this.#options.random.uuid(),
      startRequestId: this.#options.random.uuid(),
      request,
      operationType: operation.type,
      identity: operation.identity,
      state: BatchOperationState.BATCH_OPERATION_STATE_RUNNING,
      startMs: this.#options.clock.now(),
      total: 0,
      completed: 0,
      failed: 0,
    });
    void this.#run(key);
  }

  /** @throws ServiceError NOT_FOUND */
  end(namespaceId: string, jobId: string, reason: string): void {
    const record = this.require(namespaceId, jobId);
    if (record.state !== BatchOperationState.BATCH_OPERATION_STATE_RUNNING) {
      throw notFound('workflow execution already completed');
    }
    this.#close({ ...record, stopReason: reason }, BatchOperationState.BATCH_OPERATION_STATE_FAILED);
  }

  async #run(key: string): Promise<void> {
    const first = this.#byKey.get(key);
    if (!first) return;
    try {
      const targets = this.#targets(first);
      this.#update(key, () => ({ total: this.#expected(first, targets), completed: 0, failed: 0 }));
      const wanted = first.request.maxOperationsPerSecond ?? 0;
      const limiter = new RateLimiter(wanted > 0 ? wanted : this.#options.config.get('worker.batcherRPS'), Date.now());
      const left = targets.values();
      const lane = async (): Promise<void> => {
        for (const target of left) {
          while (this.#isRunning(key) && !limiter.take(Date.now())) await this.#wait(limiter.waitMs(Date.now()));
          if (!this.#isRunning(key)) return;
          await this.#step(key, target);
        }
      };
      const concurrency = Math.max(1, this.#options.config.get('worker.batcherConcurrency'));
      await Promise.all(Array.from({ length: Math.min(concurrency, targets.length) }, lane));
      const done = this.#byKey.get(key);
      if (done && this.#isRunning(key)) this.#close(done, BatchOperationState.BATCH_OPERATION_STATE_COMPLETED);
    } catch (error) {
      const record = this.#byKey.get(key);
      this.#options.log.warn('a batch operation failed', { jobId: first.jobId, error });
      if (record && this.#isRunning(key)) this.#close(record, BatchOperationState.BATCH_OPERATION_STATE_FAILED);
    }
  }

  /** What is not there any more counts as done. */
  async #step(key: string, target: BatchTarget): Promise<void> {
    const record = this.#byKey.get(key);
    if (!record) return;
    try {
      await carryOut(this.#options.call, record, target);
      this.#update(key, ({ completed }) => ({ completed: completed + 1 }));
    } catch (error) {
      const isGone = error instanceof ServiceError && error.code === StatusCode.NOT_FOUND;
      this.#update(key, ({ completed, failed }) => (isGone ? { completed: completed + 1 } : { failed: failed + 1 }));
    }
  }

  #targets(record: BatchRecord): BatchTarget[] {
    const { request, namespaceId } = record;
    if (request.executions?.length) {
      return request.executions.map(({ workflowId, runId }) => ({ workflowId: workflowId ?? '', runId: runId ?? '' }));
    }
    const query = batchQuery(request);
    const found: BatchTarget[] = [];
    let pageToken: Uint8Array | undefined;
    do {
      const page = this.#options.visibility.list({ namespaceId, query, pageSize, pageToken });
      found.push(...page.records.map(({ workflowId, runId }) => ({ workflowId, runId })));
      pageToken = page.nextPageToken;
    } while (pageToken.length > 0);
    return found;
  }

  /** What is told of as the total: a count of what the query finds, also where executions are named. */
  #expected({ request, namespaceId }: BatchRecord, targets: readonly BatchTarget[]): number {
    const query = batchQuery(request);
    return query === '' ? targets.length : this.#options.visibility.count({ namespaceId, query }).count;
  }

  #isRunning(key: string): boolean {
    const state = this.#byKey.get(key)?.state;
    return state === BatchOperationState.BATCH_OPERATION_STATE_RUNNING && !this.#stopped.signal.aborted;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(ms, longestWaitMs));
      this.#stopped.signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  }

  /** Progress lives in memory: a restart begins anew (I1). */
  #update(key: string, change: (record: BatchRecord) => Partial<BatchRecord>): void {
    const record = this.#byKey.get(key);
    if (record) this.#byKey.set(key, { ...record, ...change(record) });
  }

  #close(record: BatchRecord, state: BatchOperationState): void {
    this.#put({ ...record, state, closeMs: this.#options.clock.now() });
  }

  #put(record: BatchRecord): void {
    const key = keyOf(record.namespaceId, record.jobId);
    this.#records.put(key, record);
    this.#byKey.set(key, record);
  }
}

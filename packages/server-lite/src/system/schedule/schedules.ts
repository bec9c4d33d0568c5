/**
 * Keeps schedules going: wakes them when they are due, carries out what `decide-schedule.ts` decides, and writes every
 * change through to the store and to visibility.
 *
 * I1. Changes of one schedule happen one after another (`#change`).
 * I2. A start is in the stored buffer before it is made, under the request id that makes a repetition harmless.
 */
import { DeletedSchedules } from './deleted-schedules.ts';
import { WorkflowExecutionStatus } from '@reprise/proto';
import { notFound, ServiceError, StatusCode, workflowAlreadyStarted, workflowNotReady } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../time/clock.ts';
import type { TimerQueue } from '../../time/timer-queue.ts';
import type { VisibilityWriter } from '../../visibility/visibility.ts';
import type { InternalCall } from '../internal-calls.ts';
import type { Logger } from '../logger.ts';
import type { Random } from '../random.ts';
import { openRecords, type Records } from '../records.ts';
import { admitted, noticeClosed, recordClosed, recordStarted, takeDue } from './decide-schedule.ts';
import { type BufferedStart, decideOverlap } from './overlap.ts';
import { type ScheduleRecord, scheduleWorkflowId } from './schedule-record.ts';
import { scheduledStart, schedulerIdentity } from './scheduled-start.ts';
import { scheduleVisibility } from './schedule-visibility.ts';
import { type SpecTimes, specTimes } from './spec-times.ts';
import { watchClosing } from './watch-closing.ts';

export interface SchedulesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: TimerQueue;
  readonly random: Random;
  readonly visibility: VisibilityWriter;
  readonly log: Logger;
  readonly call: InternalCall;
  /** Resolves when the namespace's schedules may start one more workflow. */
  readonly admitStart: (namespaceId: string, signal: AbortSignal) => Promise<void>;
}

const watchAgainMs = 1000;
const keyOf = (namespaceId: string, id: string): string => `${namespaceId}/${id}`;

const rememberedRequests = 100;

export class Schedules {
  readonly #options: SchedulesOptions;
  readonly #records: Records<ScheduleRecord>;
  readonly #byKey = new Map<string, ScheduleRecord>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #watched = new Set<string>();
  /** Deleted ones are told from those that never were. */
  readonly #deleted = new DeletedSchedules();
  readonly #stopped = new AbortController();
  #lowestVisibilityKey = 0;

  constructor(options: SchedulesOptions) {
    this.#options = options;
    this.#records = openRecords(options.store, 'schedules');
    for (const { key, value } of this.#records.list()) {
      this.#byKey.set(key, value);
      this.#lowestVisibilityKey = Math.min(this.#lowestVisibilityKey, value.visibilityKey);
    }
  }

  /** Takes up what the store holds. */
  start(): void {
    for (const record of this.#byKey.values()) {
      this.#watchAll(record);
      this.#wakeAt(record, this.#options.clock.now());
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  get(namespaceId: string, id: string): ScheduleRecord | undefined {
    return this.#byKey.get(keyOf(namespaceId, id));
  }

  /** @throws ServiceError NOT_FOUND */
  require(namespaceId: string, id: string): ScheduleRecord {
    const key = keyOf(namespaceId, id);
    const record = this.#byKey.get(key);
    if (record) return record;
    throw notFound(
      this.#deleted.has(key) ? 'schedule not found' : `workflow not found for ID: ${scheduleWorkflowId(id)}`,
    );
  }

  /** For changes, as of a workflow that has closed. @throws ServiceError NOT_FOUND */
  requireOpen(namespaceId: string, id: string): ScheduleRecord {
    if (this.#deleted.has(keyOf(namespaceId, id))) throw notFound('workflow execution already completed');
    return this.require(namespaceId, id);
  }

  /** For questions, as of a workflow that has closed. @throws ServiceError NOT_FOUND or FAILED_PRECONDITION */
  requireAsked(namespaceId: string, id: string): ScheduleRecord {
    const key = keyOf(namespaceId, id);
    if (!this.#deleted.has(key)) {
      this.#deleted.noteAsked(key);
      return this.require(namespaceId, id);
    }
    const closed = this.#deleted.get(key);
    if (closed) return closed;
    throw workflowNotReady('Workflow execution closed before WorkflowTaskStarted event');
  }

  times(record: ScheduleRecord): SpecTimes {
    return specTimes(record.schedule.spec ?? {}, `${record.namespaceId}-${record.id}`);
  }

  /** @throws ServiceError ALREADY_EXISTS */
  create(given: Omit<ScheduleRecord, 'visibilityKey' | 'runId'>): ScheduleRecord {
    const key = keyOf(given.namespaceId, given.id);
    const existing = this.#byKey.get(key);
    if (existing?.createRequestId === given.createRequestId) return existing;
    if (existing) throw workflowAlreadyStarted(`schedule "${given.id}" is already registered`);
    const deleted = this.#deleted.createdBy(key, given.createRequestId);
    if (deleted) return deleted;
    const record = { ...given, visibilityKey: --this.#lowestVisibilityKey, runId: this.#options.random.uuid() };
    this.#deleted.delete(key);
    this.#save(record);
    this.#wakeAt(record, this.#options.clock.now());
    return record;
  }

  /** Applies a change that somebody asked for, unless the same request has been here before, and acts on it. */
  async update(
    { namespaceId, id, requestId }: { namespaceId: string; id: string; requestId: string },
    change: (record: ScheduleRecord) => ScheduleRecord,
  ): Promise<void> {
    this.require(namespaceId, id);
    await this.#change(keyOf(namespaceId, id), async (record) => {
      const known = record.requestIds ?? [];
      if (requestId !== '' && known.includes(requestId)) return;
      const requestIds = requestId === '' ? known : [...known.slice(1 - rememberedRequests), requestId];
      this.#save(noticeClosed({ ...change(record), requestIds }));
      this.#wakeAt(record, this.#options.clock.now());
    });
  }

  delete(namespaceId: string, id: string): void {
    const key = keyOf(namespaceId, id);
    if (this.#deleted.has(key)) throw notFound('workflow execution already completed');
    const record = this.require(namespaceId, id);
    this.#options.timers.cancel(`schedule/${key}`);
    this.#records.delete(key, () => this.#options.visibility.remove(record.visibilityKey));
    this.#byKey.delete(key);
    this.#deleted.add(key, record);
  }

  #save(record: ScheduleRecord): void {
    const key = keyOf(record.namespaceId, record.id);
    this.#records.put(key, record, () => this.#options.visibility.upsert(scheduleVisibility(record)));
    this.#byKey.set(key, record);
  }

  #wakeAt(record: ScheduleRecord, timeMs: number): void {
    const key = keyOf(record.namespaceId, record.id);
    this.#options.timers.set(`schedule/${key}`, timeMs, () => this.#change(key, () => this.#advance(key)));
  }

  /** I1. A schedule that has been deleted meanwhile is left alone. Whoever wants the change hears of its failure. */
  #change(key: string, change: (record: ScheduleRecord) => Promise<void>): Promise<void> {
    const before = this.#turns.get(key) ?? Promise.resolve();
    const turn = before.then(async () => {
      const record = this.#byKey.get(key);
      if (record && !this.#stopped.signal.aborted) await change(record);
    });
    const settled = turn.catch(() => {});
    this.#turns.set(key, settled);
    return turn;
  }

  async #advance(key: string): Promise<void> {
    const record = this.#byKey.get(key);
    if (!record) return;
    const times = this.times(record);
    const nowMs = this.#options.clock.now();
    const due = takeDue(record, times, { nowMs, newRequestId: () => this.#options.random.uuid() });
    if (due.buffer.length > 0 || due.backfills.length !== record.backfills.length) this.#save(due);
    else this.#byKey.set(key, due);
    // What could not be started makes way for what waits behind it.
    while (await this.#carryOut(key));
    const current = this.#byKey.get(key);
    if (!current) return;
    const next = times.next(current.processedMs);
    const isBusy = current.backfills.length > 0 && current.buffer.length === 0;
    if (isBusy) this.#wakeAt(current, nowMs);
    else if (next) this.#wakeAt(current, next.actualMs);
  }

  /** @returns whether something that was to start did not */
  async #carryOut(key: string): Promise<boolean> {
    const record = this.#byKey.get(key);
    if (!record || record.buffer.length === 0) return false;
    const policy = record.schedule.policies?.overlapPolicy ?? 0;
    const decision = decideOverlap(record.buffer, record.running.length > 0, policy);
    const kept = { buffer: decision.buffer, overlapSkipped: record.overlapSkipped + decision.skipped };
    if (decision.cancelRunning || decision.terminateRunning) await this.#endRunning(record, decision.terminateRunning);
    const starts = [...decision.overlapping, ...(decision.exclusive ? [decision.exclusive] : [])];
    let next: ScheduleRecord = noticeClosed(record);
    for (const start of starts) {
      const counted = admitted(next, start);
      if (counted) next = await this.#startOne(counted, start);
    }
    this.#save({ ...next, ...kept });
    this.#watchAll(next);
    return next.actionCount < record.actionCount + starts.length && record.schedule.action?.startWorkflow !== undefined;
  }

  async #startOne(record: ScheduleRecord, start: BufferedStart): Promise<ScheduleRecord> {
    if (!record.schedule.action?.startWorkflow) return record;
    const request = scheduledStart(record, start);
    await this.#options.admitStart(record.namespaceId, this.#stopped.signal);
    try {
      const { runId } = await this.#options.call('startWorkflowExecution', request);
      const { nominalMs } = start;
      const actualMs = this.#options.clock.now();
      const status = WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
      const action = { nominalMs, actualMs, workflowId: request.workflowId ?? '', runId: runId ?? '', status };
      return recordStarted(record, start, action);
    } catch (error) {
      const isKnown = error instanceof ServiceError && error.code !== StatusCode.UNAVAILABLE;
      if (!isKnown) throw error;
      this.#options.log.warn('a scheduled start was refused', {
        schedule: record.id,
        workflowId: request.workflowId,
        error,
      });
      return record;
    }
  }

  async #endRunning(record: ScheduleRecord, terminate: boolean): Promise<void> {
    const { call, random, log } = this.#options;
    for (const execution of record.running) {
      const target = { namespace: record.namespace, workflowExecution: execution, identity: schedulerIdentity(record) };
      const ending = terminate
        ? call('terminateWorkflowExecution', { ...target, reason: 'terminated by schedule overlap policy' })
        : call('requestCancelWorkflowExecution', {
            ...target,
            requestId: random.uuid(),
            reason: 'cancelled by schedule overlap policy',
          });
      await ending.catch((error: unknown) => {
        log.debug('a running workflow of a schedule was not there any more', { schedule: record.id, error });
      });
    }
  }

  /** Starts that may overlap are let go of: nobody waits for their ends. */
  #watchAll(record: ScheduleRecord): void {
    for (const execution of record.running) {
      if (this.#watched.has(execution.runId)) continue;
      this.#watched.add(execution.runId);
      this.#watch(record, execution).catch((error: unknown) => {
        const { log, timers, clock } = this.#options;
        log.error('a schedule could not take note of a close', { schedule: record.id, error });
        timers.set(`watch/${execution.runId}`, clock.now() + watchAgainMs, () => this.#watch(record, execution));
      });
    }
  }

  async #watch(record: ScheduleRecord, action: { workflowId: string; runId: string }): Promise<void> {
    const execution = { namespace: record.namespace, workflowId: action.workflowId, runId: action.runId };
    const closed = await watchClosing(this.#options.call, execution, this.#stopped.signal);
    if (!closed) return void this.#watched.delete(action.runId);
    const key = keyOf(record.namespaceId, record.id);
    await this.#change(key, async (current) => this.#save(recordClosed(current, closed)));
    this.#watched.delete(action.runId);
    await this.#change(key, () => this.#advance(key));
  }
}

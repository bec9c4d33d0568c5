/**
 * An activity task from poll to answer: run the function with its heartbeats and limits, respond with what came of it.
 */
import {
  ApplicationFailureCategory,
  ApplicationFailure,
  dataConverterWithContext,
  encodeErrorToFailure,
  encodeToPayload,
  ensureApplicationFailure,
  type LoadedDataConverter,
  type Logger,
  type Payload,
} from '@reprise/common';
import { PayloadStore } from '@reprise/client';
import { RpcError, StatusCode } from '@reprise/proto';
import { activityContext } from './activity/activity-context.ts';
import type { ActivityRpc, HeartbeatAnswer } from './activity/activity-rpc.ts';
import type { ActivityTask } from './activity/activity-task.ts';
import { activityTarget } from './decode/storage-targets.ts';
import type { WorkerMetrics } from './metrics/worker-metrics.ts';
import type { ActivityOutcome, Execution, ExecutionFactory } from './activity/execution.ts';
import { heartbeatIntervalMs, Heartbeats } from './activity/heartbeats.ts';
import { activityLogAttributes } from './activity/interceptors.ts';

export interface ActivityTaskFlowOptions {
  readonly rpc: ActivityRpc;
  readonly metrics: WorkerMetrics;
  readonly makeExecution: ExecutionFactory;
  readonly dataConverter: LoadedDataConverter;
  readonly logger: Logger;
  readonly defaultHeartbeatThrottleIntervalMs: number;
  readonly maxHeartbeatThrottleIntervalMs: number;
}

/** How long after its time limit an activity is told, in case that the server has forgotten it. */
const TIMEOUT_GRACE_MS = 5000;

export class ActivityTaskFlow {
  readonly #options: ActivityTaskFlowOptions;
  readonly #store: PayloadStore;
  readonly #running = new Set<Execution>();

  constructor(options: ActivityTaskFlowOptions) {
    this.#options = options;
    this.#store = new PayloadStore(options.dataConverter.externalStorage);
  }

  get running(): number {
    return this.#running.size;
  }

  get heartbeating(): number {
    return [...this.#running].filter(({ task }) => task.info.heartbeatTimeoutMs !== undefined).length;
  }

  /** Asks all activities that run to stop, since the worker does. */
  cancelAll(): void {
    for (const execution of this.#running) execution.cancel('WORKER_SHUTDOWN', { workerShutdown: true });
  }

  async process(task: ActivityTask): Promise<void> {
    const unready = await this.#fetchPayloads(task);
    const execution = this.#options.makeExecution(task, (details) => heartbeats.record(details), true);
    const heartbeats = new Heartbeats({
      intervalMs: heartbeatIntervalMs(task.info.heartbeatTimeoutMs, {
        defaultMs: this.#options.defaultHeartbeatThrottleIntervalMs,
        maxMs: this.#options.maxHeartbeatThrottleIntervalMs,
      }),
      send: (details) => this.#heartbeat(execution, details),
    });
    const limit = this.#startToCloseLimit(execution);
    this.#running.add(execution);
    const tags = { activity_type: task.info.activityType, workflow_type: task.info.workflowType ?? '' };
    const { metrics } = this.#options;
    metrics.count('activity_task_received', tags);
    metrics.time('activity_schedule_to_start_latency', Date.now() - task.info.currentAttemptScheduledTimestampMs);
    const startedMs = performance.now();
    try {
      const outcome = unready ?? (await execution.run());
      const unsent = await heartbeats.end();
      metrics.time('activity_execution_latency', performance.now() - startedMs, tags);
      if (outcome.status === 'failed' && !isBenign(outcome.error)) metrics.count('activity_execution_failed', tags);
      if (outcome.status === 'completed') {
        metrics.time('activity_succeed_endtoend_latency', Date.now() - task.info.scheduledTimestampMs, tags);
      }
      await this.#respond(execution, outcome, unsent);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const isGone = error instanceof RpcError && error.code === StatusCode.NOT_FOUND;
      const attributes = activityLogAttributes(task.info);
      this.#options.logger.log(
        isGone ? 'DEBUG' : 'WARN',
        `Activity result could not be reported: ${message}`,
        attributes,
      );
    } finally {
      clearTimeout(limit);
      this.#running.delete(execution);
    }
  }

  /** What is kept elsewhere; an attempt that cannot have it fails. */
  async #fetchPayloads(task: ActivityTask): Promise<ActivityOutcome | undefined> {
    try {
      await this.#store.retrieve(task);
      return undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const attributes = activityLogAttributes(task.info);
      this.#options.logger.error(`Activity could not be started: ${message}`, { ...attributes, error });
      return await this.#failed(error);
    }
  }

  /** Keeps elsewhere what is large; an attempt whose outcome cannot be kept fails. */
  async #storePayloads({ info }: ActivityTask, outcome: ActivityOutcome): Promise<ActivityOutcome> {
    if (outcome.status === 'willCompleteAsync' || !this.#store.isConfigured) return outcome;
    const { status: _, ...fields } = outcome.status === 'failed' ? { ...outcome, error: undefined } : outcome;
    try {
      await this.#store.store(fields, { target: activityTarget(info) });
      return { ...outcome, ...fields } as ActivityOutcome;
    } catch (error) {
      this.#options.logger.error(`The result of an activity could not be stored: ${String(error)}`, {
        ...activityLogAttributes(info),
        error,
      });
      return await this.#failed(error);
    }
  }

  async #failed(thrown: unknown): Promise<ActivityOutcome> {
    const error = ensureApplicationFailure(thrown);
    return { status: 'failed', failure: await encodeErrorToFailure(this.#options.dataConverter, error), error };
  }

  #startToCloseLimit(execution: Execution): NodeJS.Timeout | undefined {
    const { startToCloseTimeoutMs } = execution.task.info;
    if (startToCloseTimeoutMs <= 0 || startToCloseTimeoutMs + TIMEOUT_GRACE_MS > 2 ** 31 - 1) return undefined;
    const expire = (): void => execution.cancel('TIMED_OUT', { timedOut: true, notFound: true });
    return setTimeout(expire, startToCloseTimeoutMs + TIMEOUT_GRACE_MS).unref();
  }

  async #heartbeat(execution: Execution, details: unknown): Promise<void> {
    let payloads: readonly Payload[];
    try {
      payloads = await this.#encodeDetails(execution.task, details);
    } catch (error) {
      this.#options.logger.warn(`Heartbeat details could not be converted: ${String(error)}`);
      execution.cancel('HEARTBEAT_DETAILS_CONVERSION_FAILED');
      return;
    }
    try {
      cancelAsAsked(execution, await this.#options.rpc.heartbeat(execution.task.taskToken, payloads));
    } catch (error) {
      if (error instanceof RpcError && error.code === StatusCode.NOT_FOUND)
        execution.cancel('NOT_FOUND', { notFound: true });
      else this.#options.logger.warn(`Heartbeat failed: ${String(error)}`);
    }
  }

  async #encodeDetails(task: ActivityTask, details: unknown): Promise<readonly Payload[]> {
    if (details === undefined) return [];
    const converter = dataConverterWithContext(this.#options.dataConverter, activityContext(task));
    const encoded = { payloads: [await encodeToPayload(converter, details)] };
    await this.#store.store(encoded, { target: activityTarget(task.info) });
    return encoded.payloads;
  }

  async #respond(
    { task, cancelReason }: Execution,
    found: ActivityOutcome,
    unsent: { details: unknown } | undefined,
  ): Promise<void> {
    const { rpc } = this.#options;
    const isForgotten = cancelReason === 'NOT_FOUND' || cancelReason === 'TIMED_OUT';
    if (isForgotten && found.status !== 'completed') return;
    const outcome = await this.#storePayloads(task, found);
    switch (outcome.status) {
      case 'completed':
        return rpc.respondCompleted(task.taskToken, outcome.result);
      case 'failed':
        return rpc.respondFailed(task.taskToken, outcome.failure, await this.#encodeDetails(task, unsent?.details));
      case 'cancelled':
        if (unsent !== undefined) await rpc.heartbeat(task.taskToken, await this.#encodeDetails(task, unsent.details));
        return rpc.respondCanceled(task.taskToken, outcome.details);
      case 'willCompleteAsync':
        return;
    }
  }
}

function isBenign(error: Error): boolean {
  return error instanceof ApplicationFailure && error.category === ApplicationFailureCategory.BENIGN;
}

function cancelAsAsked(execution: Execution, answer: HeartbeatAnswer): void {
  const { cancelRequested, paused, reset } = answer;
  const details = { cancelRequested, paused, reset };
  if (cancelRequested) execution.cancel('CANCELLED', details);
  else if (reset) execution.cancel('RESET', details);
  else if (paused) execution.cancel('PAUSED', details);
}

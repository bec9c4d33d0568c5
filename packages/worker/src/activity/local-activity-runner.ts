/**
 * Owns the local activities that run: tries them, waits between tries, and hands outcomes to the task of their run that is
 * under way. One that is still running when its task's time nears the end goes on in the next task.
 *
 * I1. An outcome that finds no task under way waits for the next task of its run.
 * I2. The local activities of a run that was let go of are cancelled, and their outcomes dropped.
 */
import {
  invariant,
  retryDelayMs,
  retryPolicyOfMs,
  toWallFailure,
  toWallPayload,
  fromWallPayload,
} from '@reprise/common';
import type { FailureShape, Payload, WallFailure } from '@reprise/common';
import type { ActivityResolution, IntentOf } from '@reprise/workflow/runtime';
import type { WorkflowTask } from '../decode/workflow-task.ts';
import type { LocalOutcome } from '../machine/run.ts';
import type { LocalActivityOrder } from '../machine/run-state.ts';
import type { WorkerMetrics } from '../metrics/worker-metrics.ts';
import type { Slots } from '../poll/slots.ts';
import { measureLocalActivity } from '../metrics/measure-local-activity.ts';
import type { ActivityTask } from './activity-task.ts';
import type { ActivityOutcome, ExecutionFactory } from './execution.ts';

export interface LocalActivityRunnerOptions {
  readonly makeExecution: ExecutionFactory;
  readonly namespace: string;
  readonly slots: Slots;
  readonly metrics: WorkerMetrics;
}

/** The task under way, as its local activities see it. */
export interface TaskSide {
  resolve(outcome: LocalOutcome): void;
  /** Ends the task and asks the server for another. */
  keepAlive(): void;
  readonly keepAliveAfterMs: number;
}

export interface TaskLocalActivities {
  take(orders: readonly LocalActivityOrder[]): void;
  endTask(): void;
}

type Intent = IntentOf<'scheduleLocalActivity'>;
type Record = LocalOutcome['record'];

interface RunSide {
  readonly running: Map<number, AbortController>;
  outcomes: { outcome: Omit<LocalOutcome, 'elapsedMs'>; atMs: number }[];
  task: { side: TaskSide; startedMs: number; timer: NodeJS.Timeout | undefined } | undefined;
}

export class LocalActivityRunner {
  readonly #options: LocalActivityRunnerOptions;
  readonly #runs = new Map<string, RunSide>();

  constructor(options: LocalActivityRunnerOptions) {
    this.#options = options;
  }

  forTask(task: WorkflowTask, side: TaskSide): TaskLocalActivities {
    const startedMs = performance.now();
    return {
      take: (orders) => {
        const run = this.#runOf(task.runId);
        run.task ??= { side, startedMs, timer: undefined };
        for (const order of orders) this.#carryOut(order, task, run);
        this.#armKeepAlive(run);
        this.#deliver(run);
      },
      endTask: () => {
        const run = this.#runs.get(task.runId);
        if (run === undefined) return;
        clearTimeout(run.task?.timer);
        run.task = undefined;
        if (run.running.size === 0 && run.outcomes.length === 0) this.#runs.delete(task.runId);
      },
    };
  }

  /** Drops what still runs for a run that was let go of (I2). */
  forget(runId: string): void {
    const run = this.#runs.get(runId);
    if (run === undefined) return;
    this.#runs.delete(runId);
    for (const controller of run.running.values()) controller.abort();
  }

  #runOf(runId: string): RunSide {
    let run = this.#runs.get(runId);
    if (run === undefined) {
      run = { running: new Map(), outcomes: [], task: undefined };
      this.#runs.set(runId, run);
    }
    return run;
  }

  #armKeepAlive(run: RunSide): void {
    const { task } = run;
    if (task === undefined || task.timer !== undefined || run.running.size === 0) return;
    const elapsedMs = performance.now() - task.startedMs;
    task.timer = setTimeout(() => task.side.keepAlive(), Math.max(0, task.side.keepAliveAfterMs - elapsedMs));
  }

  #carryOut(order: LocalActivityOrder, task: WorkflowTask, run: RunSide): void {
    if (order.kind === 'cancel') {
      run.running.get(order.seq)?.abort();
      return;
    }
    const { intent, seq } = order;
    invariant(intent.kind === 'scheduleLocalActivity', `a local activity is run for '${intent.kind}'`);
    const controller = new AbortController();
    run.running.set(seq, controller);
    void this.#attempts(intent, task, controller.signal).then(({ resolution, record }) => {
      run.running.delete(seq);
      run.outcomes.push({ outcome: { seq, resolution, record }, atMs: performance.now() });
      this.#deliver(run);
    });
  }

  /** Hands over what is there, if a task is under way to take it (I1). */
  #deliver(run: RunSide): void {
    const { task } = run;
    if (task === undefined) return;
    const outcomes = run.outcomes;
    run.outcomes = [];
    for (const { outcome, atMs } of outcomes) {
      task.side.resolve({ ...outcome, elapsedMs: Math.max(0, atMs - task.startedMs) });
    }
  }

  async #attempts(
    intent: Intent,
    task: WorkflowTask,
    signal: AbortSignal,
  ): Promise<{ resolution: ActivityResolution; record: Record }> {
    const slot = await this.#options.slots.reserve(new AbortController().signal);
    const originalScheduleTimeMs = intent.originalScheduleTimeMs ?? Date.now();
    try {
      for (let attempt = intent.attempt || 1; ; attempt++) {
        if (signal.aborted) {
          return {
            resolution: { status: 'cancelled', failure: cancelledBetween },
            record: { attempt, originalScheduleTimeMs, failure: cancelledBetween },
          };
        }
        const outcome = await this.#attempt(intent, { task, attempt, originalScheduleTimeMs, signal });
        const record = { attempt, originalScheduleTimeMs };
        if (outcome.status === 'completed') {
          const result = toWallPayload(outcome.result);
          return { resolution: { status: 'completed', result }, record: { ...record, result } };
        }
        const failure = outcome.status === 'willCompleteAsync' ? asyncRefused : toWallFailure(outcome.failure);
        if (outcome.status === 'cancelled' || signal.aborted) {
          return { resolution: { status: 'cancelled', failure }, record: { ...record, failure } };
        }
        const delayMs = retryIn(intent, { failure, attempt, originalScheduleTimeMs });
        if (delayMs === undefined) return { resolution: { status: 'failed', failure }, record: { ...record, failure } };
        if (delayMs > (intent.localRetryThresholdMs ?? 60_000)) {
          const resolution = {
            status: 'backoff',
            attempt: attempt + 1,
            backoffMs: delayMs,
            originalScheduleTimeMs,
          } as const;
          return { resolution, record: { ...record, failure, backoffMs: delayMs } };
        }
        await pause(delayMs, signal);
      }
    } finally {
      slot.release();
    }
  }

  async #attempt(intent: Intent, at: Attempt): Promise<ActivityOutcome> {
    const startedMs = performance.now();
    const outcome = await this.#execute(intent, at);
    measureLocalActivity(this.#options.metrics, {
      tags: { activity_type: intent.activityType, workflow_type: at.task.workflowType },
      status: outcome.status,
      tookMs: performance.now() - startedMs,
      sinceScheduledMs: Date.now() - at.originalScheduleTimeMs,
    });
    return outcome;
  }

  async #execute(intent: Intent, at: Attempt): Promise<ActivityOutcome> {
    const activityTask = localTask(intent, at, this.#options.namespace);
    const execution = this.#options.makeExecution(activityTask, () => undefined, false);
    const onAbort = (): void => execution.cancel('CANCELLED', { cancelRequested: true });
    at.signal.addEventListener('abort', onAbort, { once: true });
    const limits = timeLimits(intent, at);
    const timeout = Promise.withResolvers<ActivityOutcome>();
    const timer =
      limits === undefined
        ? undefined
        : setTimeout(() => {
            execution.cancel('TIMED_OUT', { timedOut: true });
            const failure: FailureShape = {
              message: 'Activity timed out',
              timeoutFailureInfo: { timeoutType: limits.type },
            };
            timeout.resolve({ status: 'failed', failure, error: new Error('Activity timed out') });
          }, limits.ms);
    try {
      return await Promise.race([execution.run(), timeout.promise]);
    } finally {
      clearTimeout(timer);
      at.signal.removeEventListener('abort', onAbort);
    }
  }
}

interface Attempt {
  readonly task: WorkflowTask;
  readonly attempt: number;
  readonly originalScheduleTimeMs: number;
  readonly signal: AbortSignal;
}

/** Cancelled while no attempt ran. */
const cancelledBetween: WallFailure = { message: 'Activity cancelled', canceledFailureInfo: {} };

const asyncRefused: WallFailure = {
  message: 'A local activity cannot be completed asynchronously',
  applicationFailureInfo: { type: 'CompleteAsyncError', nonRetryable: true },
};

/** Numbers of temporal.api.enums.v1.TimeoutType. */
const TimeoutType = { startToClose: 1, scheduleToClose: 3 } as const;

function timeLimits(intent: Intent, at: Attempt): { ms: number; type: number } | undefined {
  const startMs = intent.startToCloseTimeoutMs ?? Number.POSITIVE_INFINITY;
  const totalMs =
    intent.scheduleToCloseTimeoutMs === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(0, at.originalScheduleTimeMs + intent.scheduleToCloseTimeoutMs - Date.now());
  const ms = Math.min(startMs, totalMs);
  if (ms > 2 ** 31 - 1) return undefined;
  return { ms, type: totalMs < startMs ? TimeoutType.scheduleToClose : TimeoutType.startToClose };
}

/** How long to wait before the next try; undefined when there is none. */
function retryIn(
  intent: Intent,
  last: { failure: WallFailure; attempt: number; originalScheduleTimeMs: number },
): number | undefined {
  const info = last.failure.applicationFailureInfo;
  if (info?.nonRetryable === true) return undefined;
  if (last.failure.timeoutFailureInfo?.timeoutType === TimeoutType.scheduleToClose) return undefined;
  const nonRetryable = intent.retryPolicy?.nonRetryableErrorTypes?.map((type) => type.toLowerCase()) ?? [];
  if (info?.type && nonRetryable.includes(info.type.toLowerCase())) return undefined;
  const byPolicy = retryDelayMs(intent.retryPolicy ?? {}, last.attempt);
  if (byPolicy === undefined) return undefined;
  const asked = info?.nextRetryDelay;
  const delayMs = asked ? (asked.seconds ?? 0) * 1000 + (asked.nanos ?? 0) / 1e6 : byPolicy;
  const endMs = last.originalScheduleTimeMs + (intent.scheduleToCloseTimeoutMs ?? Number.POSITIVE_INFINITY);
  return Date.now() + delayMs > endMs ? undefined : delayMs;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** What an attempt is told that it may take; 0 for as long as it likes. */
function attemptTimeoutMs({ startToCloseTimeoutMs: attempt, scheduleToCloseTimeoutMs: whole }: Intent): number {
  return attempt === undefined || whole === undefined ? (attempt ?? whole ?? 0) : Math.min(attempt, whole);
}

function localTask(intent: Intent, at: Attempt, namespace: string): ActivityTask {
  const { workflowId, runId, workflowType, taskQueue } = at.task;
  const headers: { [key: string]: Payload } = {};
  for (const [key, payload] of Object.entries(intent.headers)) headers[key] = fromWallPayload(payload);
  return {
    taskToken: new Uint8Array(),
    info: {
      taskToken: new Uint8Array(),
      base64TaskToken: '',
      activityId: intent.activityId,
      activityType: intent.activityType,
      activityNamespace: namespace,
      namespace,
      attempt: at.attempt,
      isLocal: true,
      workflowExecution: { workflowId, runId },
      workflowNamespace: namespace,
      workflowType,
      scheduledTimestampMs: at.originalScheduleTimeMs,
      currentAttemptScheduledTimestampMs: Date.now(),
      scheduleToCloseTimeoutMs: intent.scheduleToCloseTimeoutMs ?? 0,
      startToCloseTimeoutMs: attemptTimeoutMs(intent),
      taskQueue,
      inWorkflow: true,
      ...(intent.retryPolicy === undefined ? {} : { retryPolicy: retryPolicyOfMs(intent.retryPolicy) }),
    },
    input: intent.args.map(fromWallPayload),
    headers,
    heartbeatDetails: [],
  };
}

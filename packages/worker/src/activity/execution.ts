/**
 * One attempt of one activity: runs the function in its context, and says what came of it.
 *
 * I1. The first reason for a cancellation is the one that counts.
 */
import { Context, type Info } from '@reprise/activity';
import type { Client } from '@reprise/client';
import {
  ActivityCancellationDetails,
  ApplicationFailure,
  CancelledFailure,
  CompleteAsyncError,
  dataConverterWithContext,
  decodeFromPayloads,
  encodeErrorToFailure,
  encodeToPayload,
  ensureApplicationFailure,
  isActivityFunctionWithOptions,
} from '@reprise/common';
import type {
  ActivityCancellationDetailsOptions,
  ActivityFunction,
  FailureShape,
  LoadedDataConverter,
  Logger,
  MetricMeter,
  Payload,
} from '@reprise/common';
import { activityContext } from './activity-context.ts';
import type { ActivityRegistry } from './activity-registry.ts';
import type { ActivityTask } from './activity-task.ts';
import { callActivity } from './call-activity.ts';
import { activityLogAttributes, type ActivityInterceptorsFactory } from './interceptors.ts';

export type CancelReason =
  | 'CANCELLED'
  | 'TIMED_OUT'
  | 'WORKER_SHUTDOWN'
  | 'NOT_FOUND'
  | 'PAUSED'
  | 'RESET'
  | 'HEARTBEAT_DETAILS_CONVERSION_FAILED';

export type ActivityOutcome =
  | { readonly status: 'completed'; readonly result: Payload }
  | { readonly status: 'failed'; readonly failure: FailureShape; readonly error: Error }
  | { readonly status: 'cancelled'; readonly failure: FailureShape; readonly details: readonly Payload[] }
  | { readonly status: 'willCompleteAsync' };

export interface ExecutionOptions {
  readonly registry: ActivityRegistry;
  readonly dataConverter: LoadedDataConverter;
  readonly interceptors: readonly ActivityInterceptorsFactory[];
  readonly logger: Logger;
  readonly metricMeter: MetricMeter;
  readonly client: Client | undefined;
  heartbeat(details: unknown): void;
}

/** One attempt of one activity, wherever it runs. */
export interface Execution {
  readonly task: ActivityTask;
  readonly cancelReason: CancelReason | undefined;
  /** Asks the function to stop; only the first call counts. */
  cancel(reason: CancelReason, details?: ActivityCancellationDetailsOptions): void;
  /** Never rejects. */
  run(): Promise<ActivityOutcome>;
}

/** Makes an attempt. `usesCodecs` is false for local activities, whose payloads no codec has been at. */
export type ExecutionFactory = (
  task: ActivityTask,
  heartbeat: (details: unknown) => void,
  usesCodecs: boolean,
) => Execution;

/** Attempts that run in this process. */
export function executionsHere(options: Omit<ExecutionOptions, 'heartbeat'>): ExecutionFactory {
  const withoutCodecs = { ...options, dataConverter: { ...options.dataConverter, payloadCodecs: [] } };
  return (task, heartbeat, usesCodecs) =>
    new ActivityExecution(task, { ...(usesCodecs ? options : withoutCodecs), heartbeat });
}

export class ActivityExecution implements Execution {
  readonly task: ActivityTask;
  readonly #options: ExecutionOptions;
  readonly #abort = new AbortController();
  readonly #cancelled = Promise.withResolvers<never>();
  #reason: CancelReason | undefined;
  #details: ActivityCancellationDetails | undefined;

  constructor(task: ActivityTask, options: ExecutionOptions) {
    this.task = task;
    const dataConverter = dataConverterWithContext(options.dataConverter, activityContext(task));
    this.#options = { ...options, dataConverter };
    this.#cancelled.promise.catch(() => undefined);
  }

  get cancelReason(): CancelReason | undefined {
    return this.#reason;
  }

  /** Asks the function to stop; only the first call counts (I1). */
  cancel(reason: CancelReason, details: ActivityCancellationDetailsOptions = {}): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#details = new ActivityCancellationDetails(details);
    const failure = new CancelledFailure(reason);
    this.#cancelled.reject(failure);
    this.#abort.abort(failure);
  }

  async run(): Promise<ActivityOutcome> {
    const { dataConverter, registry, logger } = this.#options;
    let hasStarted = false;
    try {
      const fn = registry.get(this.task.info.activityType);
      const typeInfo = isActivityFunctionWithOptions(fn) ? fn.activityDefinitionOptions.typeInfo : undefined;
      const [args, heartbeatDetails] = await Promise.all([
        decodeFromPayloads(dataConverter, this.task.input, typeInfo?.inputTypes),
        decodeFromPayloads(dataConverter, this.task.heartbeatDetails),
      ]);
      const context = this.#context({ ...this.task.info, heartbeatDetails: heartbeatDetails[0] });
      hasStarted = true;
      const value = await this.#call(context, fn, args);
      return { status: 'completed', result: await encodeToPayload(dataConverter, value, typeInfo?.outputType) };
    } catch (error) {
      if (!hasStarted) {
        const message = error instanceof Error ? error.message : String(error);
        logger.error(`Activity could not be started: ${message}`, { ...activityLogAttributes(this.task.info), error });
      }
      return await this.#outcomeOf(error);
    }
  }

  #context(info: Info): Context {
    const { logger, metricMeter, client } = this.#options;
    return new Context({
      info,
      cancelled: this.#cancelled.promise,
      cancellationSignal: this.#abort.signal,
      cancellationDetails: () => this.#details,
      heartbeat: (details) => this.#options.heartbeat(details),
      log: logger,
      metricMeter,
      client,
    });
  }

  async #call(context: Context, fn: ActivityFunction, args: unknown[]): Promise<unknown> {
    const { interceptors, logger, metricMeter } = this.#options;
    return await callActivity({ context, fn, args, headers: this.task.headers, interceptors, logger, metricMeter });
  }

  async #outcomeOf(error: unknown): Promise<ActivityOutcome> {
    if (error instanceof CompleteAsyncError) return { status: 'willCompleteAsync' };
    // The server takes no cancellation that it did not ask for.
    if (this.#reason === 'HEARTBEAT_DETAILS_CONVERSION_FAILED') return this.#failed(this.#reason, 'CancelledFailure');
    if (this.#reason !== undefined) {
      const outcome = await this.#outcomeOfCancelled(error);
      if (outcome !== undefined) return outcome;
    }
    // Nobody asked to cancel: a CancelledFailure of the code's own making is a failure like any other.
    const failure = ensureApplicationFailure(error);
    return {
      status: 'failed',
      failure: await encodeErrorToFailure(this.#options.dataConverter, failure),
      error: failure,
    };
  }

  async #outcomeOfCancelled(error: unknown): Promise<ActivityOutcome | undefined> {
    const isAbort = error instanceof Error && error.name === 'AbortError';
    if (!(error instanceof CancelledFailure) && !isAbort) return undefined;
    if (this.#details?.paused === true) return this.#failed('Activity paused', 'ActivityPause');
    if (this.#details?.reset === true) return this.#failed('Activity reset', 'ActivityReset');
    if (this.#reason === 'WORKER_SHUTDOWN') {
      return this.#failed('Worker is shutting down and this activity did not complete in time', 'WorkerShutdown');
    }
    const cancelled = error instanceof CancelledFailure ? error : new CancelledFailure('Activity cancelled', [], error);
    const failure = await encodeErrorToFailure(this.#options.dataConverter, cancelled);
    return { status: 'cancelled', failure, details: failure.canceledFailureInfo?.details?.payloads ?? [] };
  }

  async #failed(message: string, type: string): Promise<ActivityOutcome> {
    const error = ApplicationFailure.create({ message, type, nonRetryable: false });
    return { status: 'failed', failure: await encodeErrorToFailure(this.#options.dataConverter, error), error };
  }
}

/**
 * Runs activity functions without a worker. Owns the context that they see: its info, cancellation and heartbeats.
 *
 * I1. Heartbeats are emitted as they come, without throttling.
 */
import { EventEmitter } from 'node:events';

import { Context, type Info } from '@reprise/activity';
import type { Client } from '@reprise/client';
import { ActivityCancellationDetails, CancelledFailure, noopMetricMeter } from '@reprise/common';
import type { Logger, MetricMeter } from '@reprise/common';
import { type ActivityInterceptorsFactory, DefaultLogger } from '@reprise/worker';
import { callActivity } from '@reprise/worker/activity';

/** What an activity in a mock environment is told that it is, unless the test says otherwise. */
export const defaultActivityInfo: Info = {
  attempt: 1,
  taskQueue: 'test',
  isLocal: false,
  taskToken: new TextEncoder().encode('test'),
  base64TaskToken: Buffer.from('test').toString('base64'),
  activityId: 'test',
  activityType: 'unknown',
  activityNamespace: 'default',
  namespace: 'test',
  workflowExecution: { workflowId: 'test', runId: '00000000-0000-0000-0000-000000000000' },
  workflowType: 'test',
  workflowNamespace: 'default',
  heartbeatDetails: undefined,
  scheduledTimestampMs: 1,
  currentAttemptScheduledTimestampMs: 1,
  scheduleToCloseTimeoutMs: 1000,
  startToCloseTimeoutMs: 1000,
  inWorkflow: true,
};

export interface MockActivityEnvironmentOptions {
  /** Called once per run, as a worker calls them once per attempt; the first is the outermost. */
  interceptors?: readonly ActivityInterceptorsFactory[];
  /** Takes the log lines of the activity and those about it; default: standard error, from INFO on. */
  logger?: Logger;
  /** Takes the metrics of the activity; by default they are dropped. */
  metricMeter?: MetricMeter;
  /** What `getClient()` gives to the activity. */
  client?: Client;
}

/**
 * An environment for tests of activities. Emits `heartbeat` with the details that the activity reports.
 *
 * @example
 * const env = new MockActivityEnvironment({ attempt: 2 });
 * env.on('heartbeat', (progress) => console.log(progress));
 * await env.run(upload, 'file.txt');
 */
export class MockActivityEnvironment extends EventEmitter<{ heartbeat: unknown[] }> {
  /** The context that activities run in. */
  readonly context: Context;
  readonly #controller = new AbortController();
  readonly #reject: (reason: CancelledFailure) => void;
  readonly #logger: Logger;
  readonly #metricMeter: MetricMeter;
  readonly #interceptors: readonly ActivityInterceptorsFactory[];
  #details: ActivityCancellationDetails | undefined;

  constructor(info: Partial<Info> = {}, options: MockActivityEnvironmentOptions = {}) {
    super();
    this.#logger = options.logger ?? new DefaultLogger();
    this.#metricMeter = options.metricMeter ?? noopMetricMeter;
    this.#interceptors = options.interceptors ?? [];
    const { promise, reject } = Promise.withResolvers<never>();
    this.#reject = reject;
    this.context = new Context({
      info: { ...defaultActivityInfo, ...info },
      cancelled: promise,
      cancellationSignal: this.#controller.signal,
      cancellationDetails: () => this.#details,
      heartbeat: (details) => this.emit('heartbeat', details),
      log: this.#logger,
      metricMeter: this.#metricMeter,
      client: options.client,
    });
  }

  /** Runs an activity function in this environment, through the interceptors; resolves and rejects as it does. */
  run = async <Args extends unknown[], Result>(
    activity: (...args: Args) => Promise<Result> | Result,
    ...args: Args
  ): Promise<Result> => {
    const result = await callActivity({
      context: this.context,
      fn: activity,
      args,
      headers: {},
      interceptors: this.#interceptors,
      logger: this.#logger,
      metricMeter: this.#metricMeter,
    });
    return result as Result;
  };

  /**
   * Cancels the activity, once and for all runs of this environment.
   *
   * @param reason the message of the CancelledFailure; default `CANCELLED`
   * @param details what `cancellationDetails()` gives to the activity; default: a cancellation that was asked for
   */
  cancel = (
    reason = 'CANCELLED',
    details: ActivityCancellationDetails = new ActivityCancellationDetails({ cancelRequested: true }),
  ): void => {
    if (this.#details !== undefined) return;
    this.#details = details;
    const failure = new CancelledFailure(reason);
    this.#controller.abort(failure);
    this.#reject(failure);
  };
}

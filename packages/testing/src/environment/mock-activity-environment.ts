/**
 * Runs activity functions without a worker. Owns the context that they see: its info, cancellation and heartbeats.
 *
 * I1. Heartbeats are emitted as they come, without throttling.
 */
import { EventEmitter } from 'node:events';

import { asyncLocalStorage, Context, type Info } from '@reprise/activity';
import { ActivityCancellationDetails, type Logger, CancelledFailure, noopMetricMeter } from '@reprise/common';

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
  namespace: 'default',
  workflowExecution: { workflowId: 'test', runId: 'dead-beef' },
  workflowType: 'test',
  workflowNamespace: 'default',
  heartbeatDetails: undefined,
  scheduledTimestampMs: 1,
  currentAttemptScheduledTimestampMs: 1,
  scheduleToCloseTimeoutMs: 0,
  startToCloseTimeoutMs: 0,
  inWorkflow: true,
};

export interface MockActivityEnvironmentOptions {
  /** Takes the log lines of the activity; by default they are dropped. */
  logger?: Logger;
  /** What `getClient()` gives to the activity. */
  client?: Context['client'];
}

const silent: Logger = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

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
  #details: ActivityCancellationDetails | undefined;

  constructor(info: Partial<Info> = {}, options: MockActivityEnvironmentOptions = {}) {
    super();
    const { promise, reject } = Promise.withResolvers<never>();
    this.#reject = reject;
    this.context = new Context({
      info: { ...defaultActivityInfo, ...info },
      cancelled: promise,
      cancellationSignal: this.#controller.signal,
      cancellationDetails: () => this.#details,
      heartbeat: (details) => this.emit('heartbeat', details),
      log: options.logger ?? silent,
      metricMeter: noopMetricMeter,
      client: options.client,
    });
  }

  /** Runs an activity function in this environment; resolves and rejects as it does. */
  run<Args extends unknown[], Result>(
    activity: (...args: Args) => Promise<Result> | Result,
    ...args: Args
  ): Promise<Result> {
    return asyncLocalStorage.run(this.context, async () => await activity(...args));
  }

  /**
   * Cancels the activity, once and for all runs of this environment.
   *
   * @param reason the message of the CancelledFailure; default `CANCELLED`
   */
  cancel(
    reason = 'CANCELLED',
    details: ActivityCancellationDetails = new ActivityCancellationDetails({ cancelRequested: true }),
  ): void {
    this.#details = details;
    const failure = new CancelledFailure(reason);
    this.#controller.abort(failure);
    this.#reject(failure);
  }
}

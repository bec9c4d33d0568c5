/**
 * A worker: polls a task queue, runs workflow tasks and activities, and stops in order.
 *
 *   INITIALIZED --run--> RUNNING --shutdown--> STOPPING, DRAINING (polls and tasks end) --> DRAINED --> STOPPED
 *
 * I1. What was handed out is answered before the worker has stopped, unless the force time cuts it off.
 */
import type { Client, ConnectionLike } from '@reprise/client';
import { IllegalStateError } from '@reprise/common';
import { CombinedWorkerRunError, TransportError } from './errors.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { drain } from './drain.ts';
import { heartbeatsOf } from './heartbeat/heartbeats-of.ts';
import type { WorkerHeartbeats } from './heartbeat/worker-heartbeats.ts';
import { AheadSlots } from './poll/ahead-slots.ts';
import { replayHistories, runReplay } from './replay/run-replay.ts';
import type { ReplayHistoriesIterable, ReplayResult } from './replay/run-replay.ts';
import { measureWorker } from './metrics/measure-worker.ts';
import { Runtime } from './runtime.ts';
import { withLimit } from './with-limit.ts';
import { CountFeeds, type CountFeed } from './count-feed.ts';
import type { CompiledWorkerOptions } from './options/compile-worker-options.ts';
import type { PluggedWorker, ReplayWorkerOptions, WorkerOptions } from './options/worker-options.ts';
import { makeWorkerInput, type WorkerInput } from './worker-input.ts';
import type { WorkerParts } from './worker-parts.ts';
import { logState, logWhatIsMissing } from './log/worker-log.ts';
import { statusOf, type State, type WorkerStatus } from './worker-status.ts';

/** How long polls may take to end by themselves. */
const POLL_LINGER_MS = 1000;

export interface RunUntilOptions {
  /** How long to wait, after the worker has stopped, for what `runUntil` was given. Default 0: not at all. */
  promiseCompletionTimeoutMs?: number;
}

/**
 * Runs the workflows and activities of a task queue.
 *
 * @example
 * ```ts
 * const worker = await Worker.create({ workflowsPath: require.resolve('./workflows'), activities, taskQueue: 'orders' });
 * await worker.run();
 * ```
 */
export class Worker {
  readonly options: CompiledWorkerOptions;
  /** How many workflow tasks are being worked on. */
  readonly numInFlightActivations$: CountFeed;
  /** How many activities run. */
  readonly numInFlightActivities$: CountFeed;
  /** How many runs of workflows are kept in memory. */
  readonly numRunningWorkflowInstances$: CountFeed;
  readonly #feeds = new CountFeeds();
  readonly #input: WorkerInput;
  readonly #parts: WorkerParts;
  readonly #heartbeats: WorkerHeartbeats | undefined;
  #state: State = 'INITIALIZED';
  #fatal: Error | undefined;
  #connection: ConnectionLike;
  /** Lets go of the connection, which must not be closed before the worker has run. */
  #letGo: (() => void) | undefined;

  private constructor(input: WorkerInput) {
    this.#input = input;
    this.options = input.options;
    this.#connection = input.connection;
    this.#letGo = this.#connection.retain?.();
    this.#parts = input.parts(
      (error) => this.#fail(error),
      () => this.#feeds.check(),
    );
    this.numInFlightActivations$ = this.#feeds.feed(() => this.getStatus().numInFlightWorkflowActivations);
    this.numInFlightActivities$ = this.#feeds.feed(() => this.getStatus().numInFlightActivities);
    this.numRunningWorkflowInstances$ = this.#feeds.feed(() => this.getStatus().numCachedWorkflows);
    this.#heartbeats = input.takesHeartbeats ? this.#makeHeartbeats() : undefined;
  }

  /**
   * Makes a worker: bundles the workflows, connects, and checks that the namespace exists. The connection cannot be closed
   * until the worker has run.
   *
   * @throws TypeError for a wrong option, ServiceError when no server answers, NamespaceNotFoundError,
   *   WorkflowBundleError when the workflows cannot be bundled.
   */
  static async create(asked: WorkerOptions): Promise<Worker> {
    return new Worker(await makeWorkerInput(asked));
  }

  /**
   * Replays a history against the code as it is now.
   *
   * @param workflowId of the run, for histories that do not say.
   * @throws DeterminismViolationError when the code does not fit the history; ReplayError when it cannot be replayed.
   */
  static async runReplayHistory(options: ReplayWorkerOptions, history: unknown, workflowId = 'fake'): Promise<void> {
    await runReplay(options, history, { workflowId });
  }

  /** Replays histories one after another; the error of each is in its result. */
  static runReplayHistories(
    options: ReplayWorkerOptions,
    histories: ReplayHistoriesIterable,
  ): AsyncIterableIterator<ReplayResult> {
    return replayHistories(options, histories);
  }

  get client(): Client {
    return this.#input.client;
  }

  get connection(): ConnectionLike {
    return this.#connection;
  }

  /** Later polls and answers go over this connection. */
  set connection(connection: ConnectionLike) {
    this.#connection = connection;
    if (this.#letGo !== undefined) {
      this.#letGo();
      this.#letGo = connection.retain?.();
    }
    this.#parts.workflowRpc.connection = connection;
    this.#parts.activityRpc.connection = connection;
    if (this.#parts.nexus !== undefined) this.#parts.nexus.rpc.connection = connection;
  }

  getState(): State {
    return this.#state;
  }

  getStatus(): WorkerStatus {
    return statusOf(this.#parts, {
      runState: this.#state,
      hasFailed: this.#fatal !== undefined,
      cachedRuns: this.#input.host?.cachedRuns ?? 0,
    });
  }

  /**
   * Runs until `shutdown` is called or a signal says so.
   *
   * @throws IllegalStateError when it was run before; the error that made it fail.
   */
  async run(): Promise<void> {
    const run = this.#input.plugins.reduceRight<(worker: PluggedWorker) => Promise<void>>(
      (next, plugin) => (worker) => plugin.runWorker?.(worker, next) ?? next(worker),
      () => this.#run(),
    );
    await run(this);
  }

  async #run(): Promise<void> {
    if (this.#state !== 'INITIALIZED') throw new IllegalStateError('Poller was already started');
    this.#enter('RUNNING');
    const { logger, host, activities } = this.#input;
    logWhatIsMissing(logger, {
      workflows: host !== undefined,
      activities: activities.makeExecution !== undefined,
      nexusServices: this.#parts.nexus !== undefined,
    });
    const runtime = Runtime.instance();
    runtime.register(this);
    this.#input.metrics.count('worker_start');
    this.#heartbeats?.start();
    const { localActivity } = this.#parts.slots;
    const ahead = localActivity instanceof AheadSlots ? localActivity : undefined;
    if (host !== undefined) ahead?.begin();
    const stopMeasuring = runtime.telemetry.beforeRead(() => this.#measure());
    try {
      await Promise.all(this.#parts.polls.map((poll) => poll.run()));
      await drain(this.#parts, this.options);
      this.#enter('DRAINED');
    } catch (error) {
      this.#fatal ??= error instanceof Error ? error : new Error(String(error));
    } finally {
      runtime.release(this);
      await ahead?.end();
      this.#heartbeats?.stop();
      stopMeasuring();
      await host?.close();
      await activities.close();
      this.#letGo?.();
      this.#letGo = undefined;
      if (this.#input.ownsConnection) await this.#connection.close();
    }
    this.#enter(this.#fatal === undefined ? 'STOPPED' : 'FAILED');
    if (this.#fatal !== undefined) throw this.#fatal;
  }

  #enter(state: State): void {
    this.#state = state;
    logState(this.#input.logger, state);
  }

  /** Runs until `work` settles, then shuts down; resolves with what `work` resolved with. */
  async runUntil<R>(work: Promise<R> | (() => Promise<R>), options: RunUntilOptions = {}): Promise<R> {
    const running = this.run();
    const inner = Promise.resolve().then(() => (typeof work === 'function' ? work() : work));
    void running.catch(() => undefined);
    await Promise.race([running, inner]).catch(() => undefined);
    if (this.#state === 'RUNNING') this.shutdown();
    const [worker, result] = await Promise.allSettled([
      running,
      withLimit(inner, running, options.promiseCompletionTimeoutMs ?? 0),
    ]);
    if (worker.status === 'rejected' && result.status === 'rejected') {
      throw new CombinedWorkerRunError('Worker terminated with fatal error in `runUntil`', {
        cause: { workerError: worker.reason, innerError: result.reason },
      });
    }
    if (worker.status === 'rejected') throw worker.reason;
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  }

  /**
   * Begins to stop: no more tasks are taken, those under way end, and `run` resolves.
   *
   * @throws IllegalStateError when the worker does not run.
   */
  shutdown(): void {
    if (this.#state !== 'RUNNING') throw new IllegalStateError(`Not running. Current state: ${this.#state}`);
    this.#enter('STOPPING');
    this.#enter('DRAINING');
    const announced = this.#announceShutdown();
    for (const poll of this.#parts.polls) poll.finish();
    // A poll that is cut off may lose a task that is on its way; one that the server ends does not.
    const linger = this.#input.pollsCompleteOnShutdown
      ? announced.then(() => delay(POLL_LINGER_MS, undefined, { ref: false }))
      : Promise.resolve();
    void linger.then(() => {
      for (const poll of this.#parts.polls) poll.stop();
    });
  }

  /** Tells the server that the tasks of this worker's cached runs are for others now. */
  async #announceShutdown(): Promise<void> {
    const { stickyQueueName, workerInstanceKey } = this.#parts;
    const { namespace, identity, taskQueue } = this.options;
    const sticky = stickyQueueName === undefined ? {} : { stickyTaskQueue: stickyQueueName };
    const workerHeartbeat = this.#heartbeats?.take('shuttingDown');
    const reason = 'graceful shutdown';
    const request = { namespace, identity, taskQueue, workerInstanceKey, reason, workerHeartbeat, ...sticky };
    await this.#connection.workflowService.shutdownWorker(request).catch(() => undefined);
  }

  #makeHeartbeats(): WorkerHeartbeats | undefined {
    const { metrics, plugins, host } = this.#input;
    return heartbeatsOf({
      runtime: Runtime.instance(),
      options: this.options,
      parts: this.#parts,
      metrics,
      pluginNames: plugins.map(({ name }) => name),
      connection: () => this.#connection,
      cachedRuns: () => host?.cachedRuns ?? 0,
    });
  }

  #measure(): void {
    const { metrics, host } = this.#input;
    measureWorker(metrics, { ...this.#parts, cachedRuns: host?.cachedRuns ?? 0 });
  }

  #fail(error: Error): void {
    this.#fatal ??= new TransportError(`Polling failed: ${error.message}`, { cause: error });
    if (this.#state === 'RUNNING') this.shutdown();
  }
}

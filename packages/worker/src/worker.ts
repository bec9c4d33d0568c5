/**
 * A worker: polls a task queue, runs workflow tasks and activities, and stops in order.
 *
 *   INITIALIZED --run--> RUNNING --shutdown--> STOPPING (polls end) --> DRAINING (tasks end) --> DRAINED --> STOPPED
 *
 * I1. What was handed out is answered before the worker has stopped, unless the force time cuts it off.
 */
import { Client, type ConnectionLike } from '@reprise/client';
import { checkOptions, IllegalStateError, type Logger } from '@reprise/common';
import { CombinedWorkerRunError, TransportError } from './errors.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { defaultBuildId } from './default-build-id.ts';
import { describeNamespace } from './describe-namespace.ts';
import { drain } from './drain.ts';
import { heartbeatsOf } from './heartbeat/heartbeats-of.ts';
import type { WorkerHeartbeats } from './heartbeat/worker-heartbeats.ts';
import { makeWorkflowHost } from './host/make-workflow-host.ts';
import type { WorkflowHost } from './host/workflow-host.ts';
import { loadWorkflowBundle } from './load-workflow-bundle.ts';
import { NativeConnection } from './native-connection.ts';
import { serviceTable } from './nexus/service-table.ts';
import { loadNexusPart } from './load-nexus-part.ts';
import { replayHistories, runReplay } from './replay/run-replay.ts';
import type { ReplayHistoriesIterable, ReplayResult } from './replay/run-replay.ts';
import { workerActivities, type WorkerActivities } from './activity/worker-activities.ts';
import { measureWorker } from './metrics/measure-worker.ts';
import { WorkerMetrics } from './metrics/worker-metrics.ts';
import { Runtime } from './runtime.ts';
import { checkHasWork } from './check-has-work.ts';
import { withLimit } from './with-limit.ts';
import { CountFeeds, type CountFeed } from './count-feed.ts';
import { compileWorkerOptions, type CompiledWorkerOptions } from './compile-worker-options.ts';
import type { PluggedWorker, ReplayWorkerOptions, WorkerOptions, WorkerPlugin } from './worker-options.ts';
import { workerPlugins } from './worker-plugins.ts';
import { buildWorkerParts, type WorkerParts } from './worker-parts.ts';
import { statusOf, type State, type WorkerStatus } from './worker-status.ts';

/** How long polls may take to end by themselves. */
const POLL_LINGER_MS = 1000;

export interface RunUntilOptions {
  /** How long to wait, after the worker has stopped, for what `runUntil` was given. Default 0: not at all. */
  promiseCompletionTimeoutMs?: number;
}

interface WorkerInput {
  readonly options: CompiledWorkerOptions;
  readonly connection: ConnectionLike;
  readonly ownsConnection: boolean;
  readonly client: Client;
  readonly logger: Logger;
  readonly host: WorkflowHost | undefined;
  readonly activities: WorkerActivities;
  readonly metrics: WorkerMetrics;
  /** The server ends open polls when it is told that the worker shuts down. */
  readonly pollsCompleteOnShutdown: boolean;
  readonly takesHeartbeats: boolean;
  readonly plugins: readonly WorkerPlugin[];
  readonly parts: (onFatal: (error: Error) => void, onTasksChanged: () => void) => WorkerParts;
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
   * Makes a worker: bundles the workflows, connects, and checks that the namespace exists.
   *
   * @throws TypeError for a wrong option, ServiceError when no server answers, NamespaceNotFoundError,
   *   WorkflowBundleError when the workflows cannot be bundled.
   */
  static async create(asked: WorkerOptions): Promise<Worker> {
    checkOptions('WorkerOptions', asked, { plugins: 'array' });
    const plugins = workerPlugins(asked);
    const given: WorkerOptions = { ...asked, plugins };
    const options = plugins.reduce((so, plugin) => plugin.configureWorker?.(so) ?? so, given);
    const asGiven = compileWorkerOptions(options);
    const services = serviceTable(options.nexusServices ?? []);
    checkHasWork(options, { hasServices: services.size > 0, pollsForActivities: asGiven.pollsForActivities });
    const { logger, metricMeter, telemetry } = Runtime.instance();
    const tags = { namespace: asGiven.namespace, task_queue: asGiven.taskQueue };
    const metrics = new WorkerMetrics(telemetry, tags, options.connection?.options);
    const bundle = await loadWorkflowBundle(options, logger);
    const compiled: CompiledWorkerOptions = { ...asGiven, buildId: options.buildId ?? defaultBuildId(bundle) };
    const ownsConnection = options.connection === undefined;
    const connection = options.connection ?? (await NativeConnection.connect());
    await connection.ensureConnected();
    const described = await describeNamespace(connection, compiled.namespace);
    const client =
      options.client ??
      new Client({
        connection,
        namespace: compiled.namespace,
        identity: compiled.identity,
        ...(options.dataConverter && { dataConverter: options.dataConverter }),
        ...(options.interceptors?.client && { interceptors: options.interceptors.client }),
      });
    const { loadedDataConverter: dataConverter } = compiled;
    const activities = await workerActivities(options, { dataConverter, logger, metricMeter, client });
    const interceptors = options.interceptors?.nexus ?? [];
    const buildNexus = await loadNexusPart({ services, interceptors, client, metricMeter });
    const patchActivation = options.patchActivationCallback;
    const host =
      bundle === undefined
        ? undefined
        : await makeWorkflowHost(bundle, {
            options: compiled,
            logger,
            activityNames: activities.names,
            patchActivation,
            rebundle: () => loadWorkflowBundle(options, logger),
          });
    return new Worker({
      options: compiled,
      connection,
      ownsConnection,
      client,
      logger,
      host,
      activities,
      pollsCompleteOnShutdown: described.pollsCompleteOnShutdown,
      takesHeartbeats: described.takesHeartbeats,
      metrics,
      plugins,
      parts: (onFatal, onTasksChanged) =>
        buildWorkerParts({
          options: compiled,
          connection,
          logger,
          metrics,
          activities: activities.makeExecution,
          buildNexus,
          sinks: options.sinks ?? {},
          host,
          payloadLimits: described.payloadLimits,
          useBuildIdVersioning: options.useVersioning === true,
          onFatal,
          onTasksChanged,
        }),
    });
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
    if (this.#state !== 'INITIALIZED') {
      throw new IllegalStateError(`Poller was already started: a worker runs once, this one is ${this.#state}`);
    }
    this.#state = 'RUNNING';
    const runtime = Runtime.instance();
    runtime.register(this);
    this.#input.metrics.count('worker_start');
    this.#heartbeats?.start();
    const stopMeasuring = runtime.telemetry.beforeRead(() => this.#measure());
    try {
      await Promise.all(this.#parts.polls.map((poll) => poll.run()));
      await drain(this.#parts, this.options);
      this.#state = 'DRAINED';
    } catch (error) {
      this.#fatal ??= error instanceof Error ? error : new Error(String(error));
    } finally {
      runtime.release(this);
      this.#heartbeats?.stop();
      stopMeasuring();
      await this.#input.host?.close();
      await this.#input.activities.close();
      this.#letGo?.();
      this.#letGo = undefined;
      if (this.#input.ownsConnection) await this.#connection.close();
    }
    this.#state = this.#fatal === undefined ? 'STOPPED' : 'FAILED';
    if (this.#fatal !== undefined) throw this.#fatal;
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
    if (this.#state !== 'RUNNING') throw new IllegalStateError(`Not running: the worker is ${this.#state}`);
    this.#state = 'DRAINING';
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

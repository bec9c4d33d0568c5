/** Assembly: makes the server's parts and hands everyone their collaborators. */
import { DatabaseSync } from 'node:sqlite';
import { Health, OperatorService, TestService, WorkflowService, type Transport } from '@reprise/proto';
import { Engine } from './engine.ts';
import { limitsOf } from './limits-of-config.ts';
import { performer } from './perform.ts';
import { RelatedWork } from './related-work.ts';
import { BufferedQueries } from './system/buffered-queries.ts';
import { createCron } from './system/cron.ts';
import { NexusOperations } from './system/nexus-operations.ts';
import { UpdateOutcomes } from './update-outcomes.ts';
import { checkListenAddress } from './listen-address.ts';
import { Metrics } from './metrics/metrics.ts';
import { laneOfVersion } from './matching/task-queue.ts';
import { TaskQueues } from './matching/task-queues.ts';
import { authorizer } from './rpc/authorize.ts';
import { check } from './rpc/check.ts';
import { createFrontend, type Frontend, type ServiceTable } from './rpc/frontend.ts';
import { inProcessTransport } from './rpc/in-process-transport.ts';
import { operatorHandlers } from './rpc/operator-service.ts';
import { testHandlers } from './rpc/test-service.ts';
import { workflowHandlers } from './rpc/workflow-service.ts';
import type { ServerOptions } from './server-options.ts';
import { ListeningPorts } from './listening-ports.ts';
import { MemoryStore } from './store/memory-store.ts';
import { SqliteStore } from './store/sqlite-store.ts';
import { BatchOperations } from './system/batch-operations.ts';
import { Deployments } from './system/deployment/deployments.ts';
import { createDynamicConfig } from './system/dynamic-config.ts';
import type { InternalCall } from './system/internal-calls.ts';
import { createLogger } from './system/logger.ts';
import { NamespaceRegistry } from './system/namespaces.ts';
import { NexusEndpoints } from './system/nexus-endpoints.ts';
import { openClusterId } from './system/cluster-id.ts';
import { QueueConfigs } from './system/queue-configs.ts';
import { Retention } from './system/retention.ts';
import { RateLimits } from './system/rate-limits.ts';
import { seededRandom, systemRandom } from './system/random.ts';
import { Schedules } from './system/schedule/schedules.ts';
import { SearchAttributeRegistry } from './system/search-attributes.ts';
import { WorkerRegistry } from './system/workers.ts';
import { SkippingClock } from './time/skipping-clock.ts';
import { systemClock } from './time/system-clock.ts';
import { TimeSkipping } from './time/time-skipping.ts';
import { WallTimerQueue } from './time/wall-timer-queue.ts';
import { SqliteVisibility } from './visibility/sqlite-visibility.ts';

/** What GetSystemInfo answers: the release of the real service whose behaviour this server has. */
const serverVersion = '1.31.2';
const defaultNamespace = 'default';
const stopGraceMs = 1000;

/** A server that is running. */
export interface RunningServer {
  /** `host:port` of the gRPC service. @throws Error when the server was started without a port and `listen` was not called */
  readonly address: string;
  /** Port of the metrics; undefined without the option `metricsPort`. */
  readonly metricsPort: number | undefined;
  /** Namespaces of users. */
  readonly namespaces: readonly string[];
  /** Calls the server directly, without a network: hand it to a client or worker in the same process. */
  readonly transport: Transport;
  /** Opens the port that was not opened at the start. Resolves to `address`. */
  listen(): Promise<string>;
  /** Answers open polls, finishes what is under way, closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts a server in this process.
 *
 * @throws Error when the port is taken, the address is not allowed, or the database is in use or not ours
 * @example
 * const server = await startServer({ port: 7233, dbFilename: 'reprise.db' });
 * console.log(server.address);
 * await server.stop();
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const ip = options.ip ?? '127.0.0.1';
  const isProtected = options.tls?.clientCa !== undefined || (options.apiKeys?.length ?? 0) > 0;
  checkListenAddress({ ip, isProtected, allowRemote: options.allowRemote === true });
  const { frontend, metrics, namespaces, stop } = assemble(options);
  const ports = new ListeningPorts({ ip, frontend, metrics, tls: options.tls });
  let stopped = false;
  try {
    if (options.port !== undefined) await ports.listen(options.port);
    if (options.metricsPort !== undefined) await ports.serveMetrics(options.metricsPort);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    get address() {
      return ports.address;
    },
    get metricsPort() {
      return ports.metricsPort;
    },
    namespaces: namespaces
      .list()
      .map(({ name }) => name)
      .filter((name) => name !== 'temporal-system'),
    transport: inProcessTransport(frontend, () => stopped),
    listen: () => ports.listen(0),
    async stop() {
      if (stopped) return;
      stopped = true;
      await stop();
      await ports.stop(stopGraceMs);
    },
  };
}

function assemble(options: ServerOptions) {
  const log = createLogger(options.logLevel ?? 'warn', options.writeLog);
  const { config, unknownKeys } = createDynamicConfig(options.dynamicConfig ?? {});
  for (const key of unknownKeys) log.warn('a dynamic config key has no meaning here', { key });
  const random = options.seed === undefined ? systemRandom() : seededRandom(options.seed);
  const { clock, timers, timeSkipping } = assembleTime(options, (key, error) =>
    log.error('a timer failed', { key, error }),
  );
  const store = options.dbFilename === undefined ? new MemoryStore() : new SqliteStore(options.dbFilename);
  const namespaces = new NamespaceRegistry(store, random);
  const searchAttributes = new SearchAttributeRegistry(store, config);
  const visibility = new SqliteVisibility({
    database: store instanceof SqliteStore ? store.database : new DatabaseSync(':memory:'),
    searchAttributes,
    deferred: !(store instanceof SqliteStore),
  });
  const deployments = new Deployments(store, clock);
  const queueConfigs = new QueueConfigs(store);
  const queues = new TaskQueues({
    clock,
    random,
    laneOf: (queue, routing) => laneOfVersion(deployments.destination(queue, routing)),
    onPoll: (poll) => deployments.polled(poll),
    onQueue: (key, queue) => queueConfigs.apply(key, queue),
  });
  deployments.onRoutingChange = (namespaceId) => queues.reroute(namespaceId);
  const metrics = new Metrics();
  // The parts below call the server as clients do, and the frontend is made of all parts.
  const own: { frontend?: Frontend } = {};
  const call = internalCalls(() => own.frontend);
  const cron = createCron();
  const updates = new UpdateOutcomes();
  const limits = limitsOf(config);
  const uuid = (): string => random.uuid();
  const nextCronMs = (text: string, afterMs: number): number | undefined => cron.nextMs(text, afterMs);
  const retentionMs = (id: string): number => namespaces.byId(id)?.retentionMs ?? 0;
  const engine: Engine = new Engine({
    store,
    timers,
    visibility,
    log,
    holds: timeSkipping,
    around: () => ({ nowMs: clock.now(), limits, uuid, random: () => random.fraction(), nextCronMs, retentionMs }),
    perform: performer({ engine: () => engine, matching: queues, related: () => related, updates }),
  });
  const clusterId = openClusterId(store, random);
  const endpoints = new NexusEndpoints({ store, random, clock });
  const nexus = new NexusOperations({
    engine: () => engine,
    matching: queues,
    endpoints,
    namespaces,
    clock,
    clusterId,
  });
  const related: RelatedWork = new RelatedWork({ engine, log, nexus, uuid, now: () => clock.now(), nextCronMs });
  const schedules = new Schedules({ store, clock, timers, random, visibility, log, call });
  const batches = new BatchOperations({ store, clock, random, config, log, visibility, call });
  const retention = new Retention({ store, clock, visibility, namespaces, log, call });
  const system = {
    version: serverVersion,
    store,
    cron,
    queries: new BufferedQueries(),
    updates,
    clusterId,
    namespaces,
    searchAttributes,
    queues,
    queueConfigs,
    deployments,
    retention,
    nexusEndpoints: endpoints,
    batches,
    schedules,
    workers: new WorkerRegistry(clock),
    timeSkipping,
  };
  const parts = {
    clock,
    random,
    config,
    log,
    namespaces,
    searchAttributes,
    engine,
    matching: queues,
    visibility,
    system,
  };
  const frontend = createFrontend({
    services: serviceTables(options.timeSkipping === true),
    parts,
    limits: new RateLimits(config),
    meter: {
      finished({ method, code, durationMs }) {
        metrics.count('service_requests', { operation: method });
        if (code !== 0) metrics.count('service_error_with_type', { operation: method, code: String(code) });
        metrics.time('service_latency', { operation: method }, durationMs);
      },
    },
    authorize: authorizer(options.apiKeys ?? []),
  });
  own.frontend = frontend;
  prepareNamespaces(options, namespaces, searchAttributes);
  engine.start();
  schedules.start();
  batches.start();
  retention.start();
  const stop = async (): Promise<void> => {
    schedules.stop();
    batches.stop();
    nexus.stop();
    retention.stop();
    queues.stop();
    timeSkipping?.stop();
    timers.stop();
    store.close();
  };
  return { frontend, metrics, namespaces, stop };
}

function assembleTime(options: ServerOptions, onError: (key: string, error: unknown) => void) {
  const base = options.clock ?? systemClock();
  if (!options.timeSkipping) return { clock: base, timers: new WallTimerQueue(base, onError), timeSkipping: undefined };
  const clock = new SkippingClock(base);
  const timers = new WallTimerQueue(clock, onError);
  return { clock, timers, timeSkipping: new TimeSkipping(clock, timers) };
}

function serviceTables(withTestService: boolean): ServiceTable[] {
  const tables = [
    { service: WorkflowService.name, handlers: workflowHandlers },
    { service: OperatorService.name, handlers: operatorHandlers },
    { service: Health.name, handlers: { check } },
    ...(withTestService ? [{ service: TestService.name, handlers: testHandlers }] : []),
  ];
  // Each handler takes its own request type; the table is looked up by name, at run time.
  return tables;
}

function internalCalls(frontend: () => Frontend | undefined): InternalCall {
  const never = new AbortController().signal;
  const call = async (method: string, request: object, options: { deadlineMs?: number; signal?: AbortSignal } = {}) => {
    const server = frontend();
    if (!server) throw new Error('expected the frontend to have been made before a part of the server calls it');
    const target = { service: WorkflowService.name, method };
    return await server.callInternally(target, request, {
      deadlineMs: options.deadlineMs,
      signal: options.signal ?? never,
      headers: {},
    });
  };
  return call as InternalCall;
}

function prepareNamespaces(
  options: ServerOptions,
  namespaces: NamespaceRegistry,
  attributes: SearchAttributeRegistry,
): void {
  const names = new Set([defaultNamespace, ...(options.namespaces ?? [])]);
  for (const name of names) {
    const namespace = namespaces.byName(name) ?? namespaces.register(name, {});
    if (options.searchAttributes) attributes.add(namespace.id, options.searchAttributes);
  }
}

/** Assembly: makes the server's parts and hands everyone their collaborators. */
import { meantBy } from '@reprise/common';
import { Health, OperatorService, TestService, WorkflowService } from '@reprise/proto';
import { Engine } from './engine.ts';
import { growthWarnings } from './growth-warnings.ts';
import { limitsOf } from './limits-of-config.ts';
import { performEffect } from './perform/perform-effect.ts';
import { RelatedWork } from './perform/related-work.ts';
import { BufferedQueries } from './system/buffered-queries.ts';
import { createCron } from './system/cron.ts';
import { NexusOperations } from './system/nexus/nexus-operations.ts';
import { UpdateOutcomes } from './perform/update-outcomes.ts';
import { Metrics } from './metrics/metrics.ts';
import { countInto, noMeters, readFrom } from './metrics/server-metrics.ts';
import { laneOfVersion } from './matching/poll-lane.ts';
import { TaskQueues } from './matching/task-queues.ts';
import { authorizer } from './rpc/authorize.ts';
import { check } from './rpc/check.ts';
import { createFrontend, type Frontend, type ServiceTable } from './rpc/frontend.ts';
import { operatorHandlers } from './rpc/operator-service.ts';
import { testHandlers } from './rpc/test-service.ts';
import { workflowHandlers } from './rpc/workflow-service.ts';
import type { ServerOptions } from './server-options.ts';
import { MemoryStore } from './store/memory-store.ts';
import { openDatabase } from './store/open-database.ts';
import { SqliteStore } from './store/sqlite-store.ts';
import type { Store } from './store/store.ts';
import { TimedStore } from './store/timed-store.ts';
import { BatchOperations } from './system/batch/batch-operations.ts';
import { Deployments } from './system/deployment/deployments.ts';
import { createDynamicConfig, dynamicConfigDefaults } from './system/dynamic-config.ts';
import type { InternalCall } from './system/internal-calls.ts';
import { createLogger } from './system/logger.ts';
import { NamespaceRegistry } from './system/namespaces.ts';
import { NexusBreakers } from './system/nexus/nexus-breakers.ts';
import { NexusEndpoints } from './system/nexus/nexus-endpoints.ts';
import { openClusterId } from './system/cluster-id.ts';
import { QueueConfigs } from './system/queue-configs.ts';
import { Retention } from './system/retention.ts';
import { RateLimits } from './system/rate-limits.ts';
import { seededRandom, systemRandom } from './system/random.ts';
import { countTaskIds } from './system/task-ids.ts';
import { Schedules } from './system/schedule/schedules.ts';
import { startLimits } from './system/start-limits.ts';
import { SearchAttributeRegistry } from './system/search-attribute/search-attributes.ts';
import { WorkerRegistry } from './system/workers.ts';
import { SkippingClock } from './time/skipping-clock.ts';
import { systemClock } from './time/system-clock.ts';
import { TimeSkipping } from './time/time-skipping.ts';
import { WallTimerQueue } from './time/wall-timer-queue.ts';
import { SqliteVisibility } from './visibility/sqlite-visibility.ts';

/** What GetSystemInfo answers: the release of the real service whose behaviour this server has. */
const serverVersion = '1.31.2';
const defaultNamespace = 'default';

/** The parts that the outside of the server needs. */
export interface Assembly {
  readonly engine: Engine;
  readonly frontend: Frontend;
  /** Absent when nobody asked for them. */
  readonly metrics: Metrics | undefined;
  readonly namespaces: NamespaceRegistry;
  readonly timeSkipping: TimeSkipping | undefined;
  /** What the server tells of where it listens. */
  readonly listening: { address: string };
  /** No call begins from now on; long polls end, and calls under way have so long to be answered. */
  drain(graceMs: number): Promise<void>;
  /** Makes durable what was decided, and lets go of the store. */
  close(): void;
}

export function assemble(options: ServerOptions, kept: Store = openStore(options.dbFilename)): Assembly {
  const foundations = openFoundations(options, kept);
  const { clock, random, config, namespaces, searchAttributes, timers, timeSkipping } = foundations;
  const { metrics, meters, log, store, visibility } = foundations;
  // Some parts call the server as clients do, and the frontend is made of all parts.
  const own: { frontend?: Frontend } = {};
  const call = internalCalls(() => own.frontend);
  const tasks = openMatching(foundations);
  const { engine, cron, updates, endpoints, breakers, nexus, clusterId } = openEngine(foundations, tasks);
  const admitStart = startLimits(config.get('worker.schedulerNamespaceStartWorkflowRPS'));
  const schedules = new Schedules({ store, clock, timers, random, visibility, log, call, admitStart });
  const batches = new BatchOperations({ store, clock, random, config, log, visibility, call });
  const retention = new Retention({ store, clock, visibility, namespaces, log, call });
  const system = {
    version: serverVersion,
    store,
    cron,
    queries: new BufferedQueries(),
    updates,
    clusterId,
    listening: { address: '' },
    namespaces,
    searchAttributes,
    ...tasks,
    retention,
    nexusEndpoints: endpoints,
    nexusBreakers: breakers,
    batches,
    schedules,
    workers: new WorkerRegistry(clock),
    timeSkipping,
  };
  const frontend = createFrontend({
    services: serviceTables(options.timeSkipping === true),
    parts: { ...foundations, engine, matching: tasks.queues, system },
    limits: new RateLimits(config),
    meters,
    authorize: authorizer(options.apiKeys ?? []),
  });
  own.frontend = frontend;
  if (metrics) {
    readFrom(metrics, () => ({
      runCache: engine.cache,
      queues: tasks.queues.all(),
      namespaceName: (id) => namespaces.byId(id)?.name ?? id,
      now: () => clock.now(),
    }));
  }
  prepareNamespaces(options, namespaces, searchAttributes);
  for (const part of [engine, schedules, batches, retention]) part.start();
  const stopped = [schedules, batches, nexus, retention, tasks.queues, timeSkipping, timers];
  return {
    engine,
    frontend,
    metrics,
    namespaces,
    timeSkipping,
    listening: system.listening,
    async drain(graceMs) {
      const drained = frontend.drain(graceMs);
      for (const part of stopped) part?.stop();
      engine.waiters.stop();
      await drained;
    },
    close() {
      engine.stop();
      store.close();
    },
  };
}

/** What every part stands on, and which knows of no other part. */
function openFoundations(options: ServerOptions, kept: Store) {
  const log = createLogger(options.logLevel ?? 'warn', options.writeLog, options.logFormat);
  const { config, unknownKeys } = createDynamicConfig(options.dynamicConfig ?? {});
  for (const key of unknownKeys) {
    const meant = meantBy(key, dynamicConfigDefaults);
    log.warn('a dynamic config key has no meaning here', meant === undefined ? { key } : { key, didYouMean: meant });
  }
  const random = options.seed === undefined ? systemRandom() : seededRandom(options.seed);
  const time = assembleTime(options, (key, error) => log.error('a timer failed', { key, error }));
  const names: { registry?: NamespaceRegistry } = {};
  const metrics = options.metricsPort === undefined ? undefined : new Metrics();
  const meters = metrics ? countInto(metrics, (id) => names.registry?.byId(id)?.name ?? id) : noMeters;
  const commitDelayMs = options.commitDelayMs ?? 0;
  const isTimed = metrics !== undefined || commitDelayMs > 0;
  const store = isTimed ? new TimedStore(kept, { commitDelayMs, ended: meters.storeOperationEnded }) : kept;
  const namespaces = new NamespaceRegistry(store, random);
  names.registry = namespaces;
  const searchAttributes = new SearchAttributeRegistry(store, config);
  const visibility = new SqliteVisibility({
    database: kept instanceof SqliteStore ? kept.database : undefined,
    searchAttributes,
  });
  return { log, config, random, ...time, store, namespaces, searchAttributes, visibility, metrics, meters };
}

const openStore = (file: string | undefined): Store =>
  file === undefined ? new MemoryStore() : new SqliteStore(openDatabase(file));

type Foundations = ReturnType<typeof openFoundations>;

function openMatching({ store, clock, random, config, meters }: Foundations) {
  const deployments = new Deployments(store, clock);
  const queueConfigs = new QueueConfigs(store);
  const queues = new TaskQueues({
    clock,
    random,
    laneOf: ({ queue, normalName, routing }) =>
      laneOfVersion(deployments.destination({ ...queue, name: normalName ?? queue.name }, routing)),
    onPoll: (poll) => deployments.polled(poll),
    onPollEnded: meters.pollEnded,
    pollerWindowMs: config.get('matching.queryPollerUnavailableWindow'),
    syncMatchWaitMs: config.get('matching.syncMatchWaitDuration'),
    onQueue: (key, queue) => queueConfigs.apply(key, queue),
  });
  deployments.onRoutingChange = (namespaceId) => queues.reroute(namespaceId);
  return { deployments, queueConfigs, queues };
}

function openEngine(foundations: Foundations, { queues, deployments }: ReturnType<typeof openMatching>) {
  const { store, timers, visibility, log, timeSkipping, clock, random, namespaces, config, meters } = foundations;
  const cron = createCron();
  const updates = new UpdateOutcomes();
  const limits = limitsOf(config);
  const uuid = (): string => random.uuid();
  const taskId = countTaskIds();
  const nextCronMs = (text: string, afterMs: number): number | undefined => cron.nextMs(text, afterMs);
  const retentionMs = (id: string): number => namespaces.byId(id)?.retentionMs ?? 0;
  const versionReaches = deployments.reaches.bind(deployments);
  const engine: Engine = new Engine({
    store,
    timers,
    visibility,
    log,
    holds: timeSkipping,
    around: () => ({
      nowMs: clock.now(),
      limits,
      uuid,
      taskId,
      random: () => random.fraction(),
      nextCronMs,
      cronProblem: (text) => cron.problem(text, clock.now()),
      retentionMs,
      versionReaches,
    }),
    noteGrowth: growthWarnings(config, log),
    closed: (run, status) => meters.runClosed(run.namespace, status),
    perform: (effect) => performEffect(effect, { engine, matching: queues, related, updates }),
  });
  const clusterId = openClusterId(store, random);
  const endpoints = new NexusEndpoints({ store, random, clock });
  const breakers = new NexusBreakers();
  const nexus = new NexusOperations({
    engine: () => engine,
    matching: queues,
    endpoints,
    namespaces,
    clock,
    clusterId,
    breakers,
  });
  const parentClosePolicyThreshold = config.get('history.parentClosePolicyThreshold');
  const now = (): number => clock.now();
  const others = { engine, uuid, now, nextCronMs, parentClosePolicyThreshold, versionReaches };
  const related = new RelatedWork({ others, nexus, log });
  return { engine, cron, updates, endpoints, breakers, nexus, clusterId };
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

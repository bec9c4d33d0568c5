/** What `Worker.create` takes, and what it becomes with its defaults. */
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { pathToFileURL } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import type { ConnectionLike } from '@reprise/client';
import {
  convertDeploymentVersion,
  encodeVersioningBehavior,
  loadDataConverter,
  msToNumber,
  type DataConverter,
  type Duration,
  type LoadedDataConverter,
  type VersioningBehavior,
  type WorkerDeploymentVersion,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { ActivityInterceptorsFactory } from './activity/interceptors.ts';
import type { InjectedSinks } from './sinks.ts';

/** A bundle made ahead of time: its text, or the path of a file with it. */
export type WorkflowBundleOption = { code: string; sourceMap?: string } | { codePath: string; sourceMapPath?: string };

export interface WorkerDeploymentOptions {
  version: WorkerDeploymentVersion;
  useWorkerVersioning: boolean;
  defaultVersioningBehavior?: VersioningBehavior;
}

export interface WorkerInterceptors {
  /** Called once per attempt of an activity; the first is the outermost. */
  activity?: ActivityInterceptorsFactory[];
  /** Paths of modules that export `interceptors` for workflows. */
  workflowModules?: string[];
}

/** One poll at a time per poller, up to `maximum` pollers. */
export interface PollerBehaviorSimple {
  type: 'simple-maximum';
  maximum?: number;
}

export interface WorkerOptions {
  /** Default: a connection to localhost:7233. */
  connection?: ConnectionLike;
  /** Default 'default'. */
  namespace?: string;
  taskQueue: string;
  /** How histories name this worker. Default `pid@host`. */
  identity?: string;
  /** The module that exports the workflows; it is bundled when the worker is created. */
  workflowsPath?: string;
  workflowBundle?: WorkflowBundleOption;
  /** Activity functions by name. */
  activities?: object;
  dataConverter?: DataConverter;
  interceptors?: WorkerInterceptors;
  sinks?: InjectedSinks;
  bundlerOptions?: { ignoreModules?: string[]; preloadModules?: string[] };
  /** How long activities may go on after shutdown began. Default 0: they are asked to stop at once. */
  shutdownGraceTime?: Duration;
  /** How long shutdown may take before `run` fails. Default: as long as it takes. */
  shutdownForceTime?: Duration;
  /** Default 40. */
  maxConcurrentWorkflowTaskExecutions?: number;
  /** Default 100. */
  maxConcurrentActivityTaskExecutions?: number;
  /** Default 100. */
  maxConcurrentLocalActivityExecutions?: number;
  /** Polls for workflow tasks that are open at once. Default 10. */
  maxConcurrentWorkflowTaskPolls?: number;
  /** Polls for activity tasks that are open at once. Default 10. */
  maxConcurrentActivityTaskPolls?: number;
  workflowTaskPollerBehavior?: PollerBehaviorSimple;
  activityTaskPollerBehavior?: PollerBehaviorSimple;
  /** Share of the polls for workflow tasks that ask for runs that no worker has cached. Default 0.2. */
  nonStickyToStickyPollRatio?: number;
  /** How long the server keeps tasks of a run for the worker that has it cached. Default 10 s. */
  stickyQueueScheduleToStartTimeout?: Duration;
  /** Runs kept alive between tasks; 0 keeps none. Default by memory. */
  maxCachedWorkflows?: number;
  /** Workflow host processes. Default: one per core, at most 4. */
  workflowThreadPoolSize?: number;
  /** Default 60 s. */
  maxHeartbeatThrottleInterval?: Duration;
  /** Default 30 s. */
  defaultHeartbeatThrottleInterval?: Duration;
  /** Activities that this worker starts per second. */
  maxActivitiesPerSecond?: number;
  /** Activities that the server hands out from this task queue per second, to all workers. */
  maxTaskQueueActivitiesPerSecond?: number;
  /** Activities that a workflow task may take along when it is answered. Default 3; 0 switches this off. */
  maxEagerActivityReservationsPerWorkflowTask?: number;
  /** False: polls for workflow tasks only. Default true. */
  enableNonLocalActivities?: boolean;
  /** Runs workflow code in this process, without limits: for a debugger, and for tests. Default false. */
  debugMode?: boolean;
  workerDeploymentOptions?: WorkerDeploymentOptions;
  /** Names this version of the worker. Default: the hash of the bundle. */
  buildId?: string;
  useVersioning?: boolean;
}

export interface CompiledWorkerOptions {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly identity: string;
  readonly loadedDataConverter: LoadedDataConverter;
  readonly shutdownGraceTimeMs: number;
  readonly shutdownForceTimeMs: number | undefined;
  readonly workflowSlots: number;
  readonly activitySlots: number;
  readonly localActivitySlots: number;
  readonly workflowPollers: number;
  readonly activityPollers: number;
  readonly nonStickyToStickyPollRatio: number;
  readonly stickyTimeoutMs: number;
  readonly maxCachedWorkflows: number;
  readonly workflowHosts: number;
  readonly maxHeartbeatThrottleMs: number;
  readonly defaultHeartbeatThrottleMs: number;
  readonly maxActivitiesPerSecond: number | undefined;
  readonly maxTaskQueueActivitiesPerSecond: number | undefined;
  readonly maxEagerActivities: number;
  readonly pollsForActivities: boolean;
  readonly isDebugMode: boolean;
  readonly versioningBehavior: number | undefined;
  readonly deploymentOptions: temporal.api.deployment.v1.WorkerDeploymentOptions | undefined;
}

/** Options that are known by name and refused, with the reason. */
const refused: Readonly<Record<string, string>> = {
  enableSDKTracing: 'install the OpenTelemetry interceptors instead',
};

export function compileWorkerOptions(options: WorkerOptions): CompiledWorkerOptions {
  check(options);
  const deployment = options.workerDeploymentOptions;
  return {
    namespace: options.namespace ?? 'default',
    taskQueue: options.taskQueue,
    identity: options.identity ?? `${process.pid}@${hostname()}`,
    loadedDataConverter: loadDataConverter(options.dataConverter, createRequire(pathToFileURL(`${process.cwd()}/`))),
    ...times(options),
    ...capacity(options),
    maxActivitiesPerSecond: options.maxActivitiesPerSecond,
    maxTaskQueueActivitiesPerSecond: options.maxTaskQueueActivitiesPerSecond,
    // The server's limit per task queue would not see activities that bypass the queue.
    maxEagerActivities:
      options.maxTaskQueueActivitiesPerSecond === undefined ? (options.maxEagerActivityReservationsPerWorkflowTask ?? 3) : 0,
    pollsForActivities: options.enableNonLocalActivities ?? true,
    isDebugMode: options.debugMode ?? process.env['TEMPORAL_DEBUG'] !== undefined,
    versioningBehavior: encodeVersioningBehavior(deployment?.defaultVersioningBehavior),
    deploymentOptions: deployment === undefined ? undefined : wireDeployment(deployment),
  };
}

type Times = Pick<
  CompiledWorkerOptions,
  | 'shutdownGraceTimeMs'
  | 'shutdownForceTimeMs'
  | 'stickyTimeoutMs'
  | 'maxHeartbeatThrottleMs'
  | 'defaultHeartbeatThrottleMs'
>;

function times(options: WorkerOptions): Times {
  return {
    shutdownGraceTimeMs: msToNumber(options.shutdownGraceTime ?? 0),
    shutdownForceTimeMs: options.shutdownForceTime === undefined ? undefined : msToNumber(options.shutdownForceTime),
    stickyTimeoutMs: msToNumber(options.stickyQueueScheduleToStartTimeout ?? 10_000),
    maxHeartbeatThrottleMs: msToNumber(options.maxHeartbeatThrottleInterval ?? 60_000),
    defaultHeartbeatThrottleMs: msToNumber(options.defaultHeartbeatThrottleInterval ?? 30_000),
  };
}

type Capacity = Pick<
  CompiledWorkerOptions,
  | 'workflowSlots'
  | 'activitySlots'
  | 'localActivitySlots'
  | 'workflowPollers'
  | 'activityPollers'
  | 'nonStickyToStickyPollRatio'
  | 'maxCachedWorkflows'
  | 'workflowHosts'
>;

function capacity(options: WorkerOptions): Capacity {
  const workflowSlots = options.maxConcurrentWorkflowTaskExecutions ?? 40;
  const activitySlots = options.maxConcurrentActivityTaskExecutions ?? 100;
  const pollers = (slots: number, asked: number | undefined): number => Math.max(1, Math.min(asked ?? 10, slots));
  return {
    workflowSlots,
    activitySlots,
    localActivitySlots: options.maxConcurrentLocalActivityExecutions ?? 100,
    workflowPollers: pollers(
      workflowSlots,
      options.workflowTaskPollerBehavior?.maximum ?? options.maxConcurrentWorkflowTaskPolls,
    ),
    activityPollers: pollers(
      activitySlots,
      options.activityTaskPollerBehavior?.maximum ?? options.maxConcurrentActivityTaskPolls,
    ),
    nonStickyToStickyPollRatio: options.nonStickyToStickyPollRatio ?? 0.2,
    maxCachedWorkflows: options.maxCachedWorkflows ?? defaultCachedWorkflows(),
    workflowHosts: options.workflowThreadPoolSize ?? 1,
  };
}

function defaultCachedWorkflows(): number {
  const heapMb = getHeapStatistics().heap_size_limit / 2 ** 20;
  return Math.max(10, Math.floor((Math.max(heapMb - 200, 0) * 600) / 1024));
}

function wireDeployment(options: WorkerDeploymentOptions): temporal.api.deployment.v1.WorkerDeploymentOptions {
  const { deploymentName, buildId } = convertDeploymentVersion(options.version) ?? options.version;
  return { deploymentName, buildId, workerVersioningMode: options.useWorkerVersioning ? 2 : 1 };
}

function check(options: WorkerOptions): void {
  if (typeof options.taskQueue !== 'string' || options.taskQueue === '') {
    throw new TypeError(`Worker option taskQueue must be a non-empty string, got ${JSON.stringify(options.taskQueue)}`);
  }
  for (const name in options) {
    const reason = refused[name];
    if (reason !== undefined) throw new TypeError(`Worker option ${name} is not supported: ${reason}`);
  }
  if (options.workflowsPath !== undefined && options.workflowBundle !== undefined) {
    throw new TypeError('You cannot set both workflowsPath and workflowBundle: give one of them');
  }
  if (options.maxCachedWorkflows === 1) throw new TypeError('maxCachedWorkflows must be either 0 (ie. cache is disabled) or greater than 1');
  for (const name of positive) {
    const value = options[name];
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw new TypeError(`Worker option ${name} must be a positive integer, got ${String(value)}`);
    }
  }
  checkDeployment(options.workerDeploymentOptions);
}

const positive = [
  'maxConcurrentWorkflowTaskExecutions',
  'maxConcurrentActivityTaskExecutions',
  'maxConcurrentLocalActivityExecutions',
  'maxConcurrentWorkflowTaskPolls',
  'maxConcurrentActivityTaskPolls',
  'workflowThreadPoolSize',
] as const satisfies (keyof WorkerOptions)[];

function checkDeployment(deployment: WorkerDeploymentOptions | undefined): void {
  if (deployment === undefined) return;
  const hasDefault = deployment.defaultVersioningBehavior !== undefined;
  if (deployment.useWorkerVersioning && !hasDefault) {
    throw new TypeError('workerDeploymentOptions.defaultVersioningBehavior is required when useWorkerVersioning is true');
  }
  if (!deployment.useWorkerVersioning && hasDefault) {
    throw new TypeError('workerDeploymentOptions.defaultVersioningBehavior must not be set when useWorkerVersioning is false');
  }
}

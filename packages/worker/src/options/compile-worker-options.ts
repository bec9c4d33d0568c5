/** The options of a worker with their defaults, in the units that the worker uses. */
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { pathToFileURL } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import {
  encodeVersioningBehavior,
  loadDataConverter,
  msToNumber,
  type ActivityFunction,
  type LoadedDataConverter,
  type WorkerDeploymentVersion,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { checkWorkerOptions } from './check-worker-options.ts';
import { defaultBuildId } from './default-build-id.ts';
import type { WorkflowFailureErrorTypes } from './failure-types.ts';
import { AutoscalingPollers, fixedPollers, type PollerCount } from '../poll/poller-count.ts';
import type { WorkerTuner } from '../poll/tuner.ts';
import type { PollerBehavior, WorkerDeploymentOptions, WorkerOptions } from './worker-options.ts';

/** The options as they were given, and what the worker makes of them. */
export interface CompiledWorkerOptions extends Omit<
  WorkerOptions,
  'activities' | 'tuner' | 'shutdownForceTimeMs' | 'maxActivitiesPerSecond' | 'maxTaskQueueActivitiesPerSecond'
> {
  /** The functions by activity type. */
  readonly activities: ReadonlyMap<string, ActivityFunction>;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly identity: string;
  readonly buildId: string;
  readonly loadedDataConverter: LoadedDataConverter;
  readonly shutdownGraceTimeMs: number;
  readonly shutdownForceTimeMs: number | undefined;
  readonly tuner: WorkerTuner;
  readonly workflowPollers: PollerBehavior;
  readonly activityPollers: PollerBehavior;
  readonly nexusPollers: PollerBehavior;
  readonly nonStickyToStickyPollRatio: number;
  readonly stickyQueueScheduleToStartTimeoutMs: number;
  readonly maxCachedWorkflows: number;
  readonly workflowHosts: number;
  readonly sharesContexts: boolean;
  readonly maxHeartbeatThrottleIntervalMs: number;
  readonly defaultHeartbeatThrottleIntervalMs: number;
  readonly maxActivitiesPerSecond: number | undefined;
  readonly maxTaskQueueActivitiesPerSecond: number | undefined;
  readonly maxEagerActivities: number;
  readonly pollsForActivities: boolean;
  readonly isDebugMode: boolean;
  readonly showsSources: boolean;
  readonly workflowFailureErrorTypes: WorkflowFailureErrorTypes;
  readonly checksPayloadSizes: boolean;
  readonly versioningBehavior: number | undefined;
  readonly deploymentVersion: WorkerDeploymentVersion | undefined;
  readonly deploymentOptions: temporal.api.deployment.v1.WorkerDeploymentOptions | undefined;
}

/** Throws TypeError for options that are wrong. */
export function compileWorkerOptions(options: WorkerOptions): CompiledWorkerOptions {
  checkWorkerOptions(options);
  const deployment = options.workerDeploymentOptions;
  const perQueue = options.maxTaskQueueActivitiesPerSecond;
  return {
    ...options,
    namespace: options.namespace ?? 'default',
    taskQueue: options.taskQueue,
    identity: options.identity ?? `${process.pid}@${hostname()}`,
    buildId: options.buildId ?? defaultBuildId(undefined),
    loadedDataConverter: loadDataConverter(options.dataConverter, createRequire(pathToFileURL(`${process.cwd()}/`))),
    activities: activityFunctions(options.activities),
    ...times(options),
    tuner: options.tuner ?? fixedTuner(options),
    workflowPollers: pollerBehavior(options.workflowTaskPollerBehavior, {
      polls: options.maxConcurrentWorkflowTaskPolls,
      slots: options.maxConcurrentWorkflowTaskExecutions ?? 40,
    }),
    activityPollers: pollerBehavior(options.activityTaskPollerBehavior, {
      polls: options.maxConcurrentActivityTaskPolls,
      slots: options.maxConcurrentActivityTaskExecutions ?? 100,
    }),
    nexusPollers: pollerBehavior(options.nexusTaskPollerBehavior, {
      polls: options.maxConcurrentNexusTaskPolls,
      slots: options.maxConcurrentNexusTaskExecutions ?? 100,
    }),
    nonStickyToStickyPollRatio: options.nonStickyToStickyPollRatio ?? 0.2,
    maxCachedWorkflows: options.maxCachedWorkflows ?? defaultCachedWorkflows(),
    workflowHosts: options.workflowThreadPoolSize ?? 1,
    sharesContexts: options.reuseV8Context ?? true,
    maxActivitiesPerSecond: options.maxActivitiesPerSecond,
    maxTaskQueueActivitiesPerSecond: perQueue,
    // The server's limit per task queue would not see activities that bypass the queue.
    maxEagerActivities: perQueue === undefined ? (options.maxEagerActivityReservationsPerWorkflowTask ?? 3) : 0,
    pollsForActivities: options.enableNonLocalActivities ?? true,
    isDebugMode: options.debugMode ?? process.env['TEMPORAL_DEBUG'] !== undefined,
    showsSources: options.showStackTraceSources ?? false,
    workflowFailureErrorTypes: options.workflowFailureErrorTypes ?? {},
    checksPayloadSizes: options.disablePayloadErrorLimit !== true,
    versioningBehavior: encodeVersioningBehavior(deployment?.defaultVersioningBehavior),
    deploymentVersion: deployment?.version,
    deploymentOptions: deployment === undefined ? undefined : wireDeployment(deployment),
  };
}

/** Without what is no function beside them. */
function activityFunctions(activities: object = {}): Map<string, ActivityFunction> {
  return new Map(
    Object.entries(activities).filter((entry): entry is [string, ActivityFunction] => typeof entry[1] === 'function'),
  );
}

type Times = Pick<
  CompiledWorkerOptions,
  | 'shutdownGraceTimeMs'
  | 'shutdownForceTimeMs'
  | 'stickyQueueScheduleToStartTimeoutMs'
  | 'maxHeartbeatThrottleIntervalMs'
  | 'defaultHeartbeatThrottleIntervalMs'
>;

function times(options: WorkerOptions): Times {
  return {
    shutdownGraceTimeMs: msToNumber(options.shutdownGraceTime ?? 0),
    shutdownForceTimeMs: options.shutdownForceTime === undefined ? undefined : msToNumber(options.shutdownForceTime),
    stickyQueueScheduleToStartTimeoutMs: msToNumber(options.stickyQueueScheduleToStartTimeout ?? 10_000),
    maxHeartbeatThrottleIntervalMs: msToNumber(options.maxHeartbeatThrottleInterval ?? 60_000),
    defaultHeartbeatThrottleIntervalMs: msToNumber(options.defaultHeartbeatThrottleInterval ?? 30_000),
  };
}

function fixedTuner(options: WorkerOptions): WorkerTuner {
  const fixed = (numSlots: number) => ({ type: 'fixed-size' as const, numSlots });
  return {
    workflowTaskSlotSupplier: fixed(options.maxConcurrentWorkflowTaskExecutions ?? 40),
    activityTaskSlotSupplier: fixed(options.maxConcurrentActivityTaskExecutions ?? 100),
    localActivityTaskSlotSupplier: fixed(options.maxConcurrentLocalActivityExecutions ?? 100),
    nexusTaskSlotSupplier: fixed(options.maxConcurrentNexusTaskExecutions ?? 100),
  };
}

function pollerBehavior(
  asked: PollerBehavior | undefined,
  { polls, slots }: { polls: number | undefined; slots: number },
): PollerBehavior {
  if (asked?.type === 'autoscaling') return asked;
  return { type: 'simple-maximum', maximum: Math.max(1, Math.min(asked?.maximum ?? polls ?? 10, slots)) };
}

/** The number of polls that `behavior` asks for; `share` of it where a kind of task has two queues. */
export function pollerCount(behavior: PollerBehavior, share = 1): PollerCount {
  if (behavior.type === 'simple-maximum')
    return fixedPollers(Math.max(1, Math.round((behavior.maximum ?? 10) * share)));
  const { minimum = 1, maximum = 100, initial = 5 } = behavior;
  return new AutoscalingPollers({ minimum, maximum, initial: Math.max(1, Math.round(initial * share)) });
}

function defaultCachedWorkflows(): number {
  const heapMb = getHeapStatistics().heap_size_limit / 2 ** 20;
  return Math.max(10, Math.floor((Math.max(heapMb - 200, 0) * 600) / 1024));
}

const VersioningMode = { unversioned: 1, versioned: 2 } as const;

function wireDeployment(options: WorkerDeploymentOptions): temporal.api.deployment.v1.WorkerDeploymentOptions {
  const { deploymentName, buildId } = options.version;
  const workerVersioningMode = options.useWorkerVersioning ? VersioningMode.versioned : VersioningMode.unversioned;
  return { deploymentName, buildId, workerVersioningMode };
}

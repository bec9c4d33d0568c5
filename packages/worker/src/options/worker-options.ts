/** What `Worker.create` takes. */
import type { Client, ClientInterceptors, ConnectionLike } from '@reprise/client';
import type {
  DataConverter,
  Duration,
  Logger,
  Untyped,
  VersioningBehavior,
  WorkerDeploymentVersion,
} from '@reprise/common';
import type { ActivityInboundCallsInterceptorFactory, ActivityInterceptorsFactory } from '../activity/interceptors.ts';
import type { ServiceHandler } from 'nexus-rpc';
import type { WorkflowFailureErrorTypes } from './failure-types.ts';
import type { BundleOptions, BundlerPlugin } from '../bundle/bundle-workflow-code.ts';
import type { NexusInterceptorsFactory } from '../nexus/interceptors.ts';
import type { WorkerTuner } from '../poll/tuner.ts';
import type { InjectedSinks } from '../sinks.ts';
import type { WorkflowInfo } from '@reprise/workflow';

/** A bundle made ahead of time: its text, or the path of a file with it. */
export type WorkflowBundleOption = WorkflowBundleWithSourceMap | WorkflowBundlePath;

/** The text of a bundle; its source map is in it. */
export interface WorkflowBundleWithSourceMap {
  code: string;
  sourceMap?: string;
}

/** The path of a file with a bundle; its source map is in it. */
export interface WorkflowBundlePath {
  codePath: string;
  sourceMapPath?: string;
}

export interface WorkerDeploymentOptions {
  version: WorkerDeploymentVersion;
  useWorkerVersioning: boolean;
  /** Required with, and only with, `useWorkerVersioning`. */
  defaultVersioningBehavior?: VersioningBehavior;
}

export interface WorkerInterceptors {
  /** Those of the client that activities and Nexus handlers get, unless there is one among the options. */
  client?: ClientInterceptors;
  /** Called once per attempt of an activity; the first is the outermost. */
  activity?: ActivityInterceptorsFactory[];
  /** The older form of `activity`. */
  activityInbound?: ActivityInboundCallsInterceptorFactory[];
  /** Called once per request for a Nexus operation; the first is the outermost. */
  nexus?: NexusInterceptorsFactory[];
  /** Paths of modules that export `interceptors` for workflows. */
  workflowModules?: string[];
}

/** Interceptors of a worker without the older forms. */
export type CompiledWorkerInterceptors = Required<
  Pick<WorkerInterceptors, 'client' | 'activity' | 'nexus' | 'workflowModules'>
>;

/** As many polls as `maximum`, all the time. */
export interface PollerBehaviorSimpleMaximum {
  type: 'simple-maximum';
  /** Default 10, or the number of slots when that is less. */
  maximum?: number;
}

/** As many polls as the server says are worth it. */
export interface PollerBehaviorAutoscaling {
  type: 'autoscaling';
  /** Default 1. */
  minimum?: number;
  /** Default 100. */
  maximum?: number;
  /** Default 5. */
  initial?: number;
}

export type PollerBehavior = PollerBehaviorSimpleMaximum | PollerBehaviorAutoscaling;

/** What is known of a workflow that asks for a patch. */
export interface PatchActivationInput {
  /** As it is when the patch is asked for. */
  readonly workflowInfo: Readonly<WorkflowInfo>;
  readonly patchId: string;
}

/** Decides whether a patch that a run has not seen yet becomes active. Called while workflow code waits: be quick. */
export type PatchActivationCallback = (input: PatchActivationInput) => boolean;

/** What a plugin sees of a worker. */
export interface PluggedWorker {
  getState(): string;
  shutdown(): void;
}

/** What extends a worker from outside: it may change the options, and wrap the run. */
export interface WorkerPlugin extends BundlerPlugin {
  /** Returns the options to use in place of `options`, or promises them. */
  configureWorker?(options: WorkerOptions): WorkerOptions | Promise<WorkerOptions>;
  configureReplayWorker?(options: ReplayWorkerOptions): ReplayWorkerOptions | Promise<ReplayWorkerOptions>;
  /** Runs the worker by calling `next`. */
  runWorker?(worker: PluggedWorker, next: (worker: PluggedWorker) => Promise<void>): Promise<void>;
}

export interface WorkerOptions {
  /** Default: a connection to localhost:7233. */
  connection?: ConnectionLike;
  /** Default 'default'. */
  namespace?: string;
  taskQueue: string;
  /** How histories name this worker. Default `pid@host`. */
  identity?: string;
  /** The client that activities get from their context. Default: one over the worker's connection. */
  client?: Client;
  /** The module that exports the workflows; it is bundled when the worker is created. */
  workflowsPath?: string;
  workflowBundle?: WorkflowBundleOption;
  /** Activity functions by name; the one named `default` takes what no other does. */
  activities?: object;
  /** Runs activities in threads: `modulePath` exports them. In place of `activities`; without activity interceptors. */
  activityThreads?: { modulePath: string; size?: number };
  /** Handlers of Nexus operations, as `serviceHandler` of nexus-rpc makes them. */
  nexusServices?: ServiceHandler<Untyped>[];
  dataConverter?: DataConverter;
  interceptors?: WorkerInterceptors;
  sinks?: InjectedSinks;
  plugins?: WorkerPlugin[];
  /** Takes the lines of the worker, and of what it runs. Default: the logger of the runtime. */
  logger?: Logger;
  bundlerOptions?: Pick<BundleOptions, 'ignoreModules' | 'preloadModules' | 'webpackConfigHook' | 'instrument'>;
  patchActivationCallback?: PatchActivationCallback;
  /** How long activities may go on after shutdown began. Default 0: they are asked to stop at once. */
  shutdownGraceTime?: Duration;
  /** How long shutdown may take before `run` fails. Default: as long as it takes. */
  shutdownForceTime?: Duration;
  /** Decides how many tasks are taken; in place of the `maxConcurrent...Executions`. */
  tuner?: WorkerTuner;
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
  /** Default 100. */
  maxConcurrentNexusTaskExecutions?: number;
  /** Polls for Nexus tasks that are open at once. Default 10. */
  maxConcurrentNexusTaskPolls?: number;
  workflowTaskPollerBehavior?: PollerBehavior;
  activityTaskPollerBehavior?: PollerBehavior;
  nexusTaskPollerBehavior?: PollerBehavior;
  /** Share of the polls for workflow tasks that ask for runs that no worker has cached. Default 0.2. */
  nonStickyToStickyPollRatio?: number;
  /** How long the server keeps tasks of a run for the worker that has it cached. Default 10 s. */
  stickyQueueScheduleToStartTimeout?: Duration;
  /** Runs kept alive between tasks; 0 keeps none. Default by memory. */
  maxCachedWorkflows?: number;
  /** Workflow host processes, each with workflow code of its share of the runs. Default 1. */
  workflowThreadPoolSize?: number;
  /** False: every run gets a context of its own, at 400 KB each. Default true. */
  reuseV8Context?: boolean;
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
  /** Runs workflow code in this process: for tests, and for a debugger, under which it may take its time. Default false. */
  debugMode?: boolean;
  /** The enhanced stack trace of a workflow has the source of the files that it names. Default false. */
  showStackTraceSources?: boolean;
  /**
   * Names of error classes that fail the workflow instead of its task, by workflow type; `*` means all types, and 'Error'
   * all errors. The name counts, not the class.
   */
  workflowFailureErrorTypes?: WorkflowFailureErrorTypes;
  /** Sends payloads however large they are, and leaves it to the server to refuse them. Default false. */
  disablePayloadErrorLimit?: boolean;
  workerDeploymentOptions?: WorkerDeploymentOptions;
  /** Names this version of the worker. Default: `@reprise/worker@<version>+<hash of the bundle>`, as `worker.options` says. */
  buildId?: string;
  useVersioning?: boolean;
}

/** What replaying takes of a worker's options. Those that say how a worker runs have no bearing on it. */
export interface ReplayWorkerOptions extends Omit<
  WorkerOptions,
  | 'connection'
  | 'client'
  | 'taskQueue'
  | 'activities'
  | 'activityThreads'
  | 'nexusServices'
  | 'tuner'
  | 'maxConcurrentActivityTaskExecutions'
  | 'maxConcurrentLocalActivityExecutions'
  | 'maxConcurrentWorkflowTaskExecutions'
  | 'maxConcurrentNexusTaskExecutions'
  | 'maxConcurrentActivityTaskPolls'
  | 'maxConcurrentWorkflowTaskPolls'
  | 'maxConcurrentNexusTaskPolls'
  | 'workflowTaskPollerBehavior'
  | 'activityTaskPollerBehavior'
  | 'nexusTaskPollerBehavior'
  | 'nonStickyToStickyPollRatio'
  | 'maxHeartbeatThrottleInterval'
  | 'defaultHeartbeatThrottleInterval'
  | 'debugMode'
  | 'enableNonLocalActivities'
  | 'maxActivitiesPerSecond'
  | 'maxTaskQueueActivitiesPerSecond'
  | 'maxEagerActivityReservationsPerWorkflowTask'
  | 'stickyQueueScheduleToStartTimeout'
  | 'maxCachedWorkflows'
  | 'useVersioning'
> {
  /** Names the replay in logs. */
  replayName?: string;
}

/** Refuses options that are wrong, or that this worker does not know, saying which and why. */
import {
  checkOption,
  checkOptions,
  describeOption,
  meantBy,
  refuseReservedName,
  type OptionKind,
} from '@reprise/common';
import { checkTuner } from '../poll/check-tuner.ts';
import { checkFailureTypes } from './failure-types.ts';
import type { WorkerDeploymentOptions, WorkerOptions } from './worker-options.ts';

/** Options of the published SDK that have no counterpart here. */
const refused: Readonly<Record<string, string>> = {
  enableSDKTracing: 'use the OpenTelemetry interceptors instead',
};

/** True for each option that is known; the compiler sees to it that none is missing. */
const known: { readonly [Name in keyof Required<WorkerOptions>]: true } = {
  connection: true,
  namespace: true,
  taskQueue: true,
  identity: true,
  client: true,
  workflowsPath: true,
  workflowBundle: true,
  activities: true,
  activityThreads: true,
  nexusServices: true,
  dataConverter: true,
  interceptors: true,
  sinks: true,
  plugins: true,
  logger: true,
  bundlerOptions: true,
  patchActivationCallback: true,
  shutdownGraceTime: true,
  shutdownForceTime: true,
  tuner: true,
  maxConcurrentWorkflowTaskExecutions: true,
  maxConcurrentActivityTaskExecutions: true,
  maxConcurrentLocalActivityExecutions: true,
  maxConcurrentNexusTaskExecutions: true,
  maxConcurrentWorkflowTaskPolls: true,
  maxConcurrentActivityTaskPolls: true,
  maxConcurrentNexusTaskPolls: true,
  workflowTaskPollerBehavior: true,
  activityTaskPollerBehavior: true,
  nexusTaskPollerBehavior: true,
  nonStickyToStickyPollRatio: true,
  stickyQueueScheduleToStartTimeout: true,
  maxCachedWorkflows: true,
  workflowThreadPoolSize: true,
  reuseV8Context: true,
  maxHeartbeatThrottleInterval: true,
  defaultHeartbeatThrottleInterval: true,
  maxActivitiesPerSecond: true,
  maxTaskQueueActivitiesPerSecond: true,
  maxEagerActivityReservationsPerWorkflowTask: true,
  enableNonLocalActivities: true,
  debugMode: true,
  showStackTraceSources: true,
  workflowFailureErrorTypes: true,
  disablePayloadErrorLimit: true,
  workerDeploymentOptions: true,
  buildId: true,
  useVersioning: true,
};

const positiveIntegers = [
  'maxConcurrentWorkflowTaskExecutions',
  'maxConcurrentActivityTaskExecutions',
  'maxConcurrentLocalActivityExecutions',
  'maxConcurrentNexusTaskExecutions',
  'maxConcurrentWorkflowTaskPolls',
  'maxConcurrentActivityTaskPolls',
  'maxConcurrentNexusTaskPolls',
  'workflowThreadPoolSize',
] as const satisfies (keyof WorkerOptions)[];

const positiveNumbers = [
  'maxActivitiesPerSecond',
  'maxTaskQueueActivitiesPerSecond',
] as const satisfies (keyof WorkerOptions)[];

/** Throws TypeError with the name of the option that is wrong. */
export function checkWorkerOptions(options: WorkerOptions): void {
  checkOption('The options of a worker', options, 'object');
  checkNames(options);
  checkKinds(options);
  if (typeof options.taskQueue !== 'string' || options.taskQueue === '') {
    throw new TypeError('Task queue name is required');
  }
  for (const name of positiveIntegers) {
    const value = options[name];
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw new TypeError(`Worker option ${name} must be a positive integer, got ${String(value)}`);
    }
  }
  for (const name of positiveNumbers) {
    const value = options[name];
    if (value !== undefined && !(value > 0)) {
      throw new TypeError(`Worker option ${name} must be a positive number, got ${String(value)}`);
    }
  }
  refuseReservedName('task queue', options.taskQueue);
  for (const name of Object.keys(options.activities ?? {})) refuseReservedName('activity', name);
  for (const name of Object.keys(options.sinks ?? {})) refuseReservedName('sink', name);
  checkFailureTypes(options.workflowFailureErrorTypes);
  checkCache(options.maxCachedWorkflows);
  checkEagerReservations(options.maxEagerActivityReservationsPerWorkflowTask);
  checkPollers(options);
  checkCombinations(options);
  checkDeployment(options.workerDeploymentOptions);
}

const bundlerOptions: readonly string[] = ['ignoreModules', 'preloadModules', 'webpackConfigHook', 'instrument'];

function checkNames(options: WorkerOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || name in known) continue;
    const reason = refused[name];
    if (reason !== undefined) throw new TypeError(`Worker option ${name} is not supported: ${reason}`);
    const meant = meantBy(name, known);
    throw new TypeError(`Worker option ${name} is not known${meant === undefined ? '' : `: did you mean ${meant}?`}`);
  }
  for (const name of Object.keys(options.bundlerOptions ?? {})) {
    if (!bundlerOptions.includes(name)) throw new TypeError(`Worker option bundlerOptions.${name} is not known`);
  }
}

const kinds = {
  namespace: 'string',
  identity: 'string',
  workflowsPath: 'string',
  workflowBundle: 'object',
  activities: 'object',
  activityThreads: 'object',
  nexusServices: 'array',
  dataConverter: 'object',
  interceptors: 'object',
  sinks: 'object',
  plugins: 'array',
  logger: 'object',
  bundlerOptions: 'object',
  patchActivationCallback: 'function',
  shutdownGraceTime: 'duration',
  shutdownForceTime: 'duration',
  tuner: 'object',
  nonStickyToStickyPollRatio: 'number',
  stickyQueueScheduleToStartTimeout: 'duration',
  reuseV8Context: 'boolean',
  maxHeartbeatThrottleInterval: 'duration',
  defaultHeartbeatThrottleInterval: 'duration',
  enableNonLocalActivities: 'boolean',
  debugMode: 'boolean',
  showStackTraceSources: 'boolean',
  disablePayloadErrorLimit: 'boolean',
  workerDeploymentOptions: 'object',
  buildId: 'string',
  useVersioning: 'boolean',
} as const satisfies { [Name in keyof WorkerOptions]?: OptionKind };

function checkKinds(options: WorkerOptions): void {
  checkOptions('WorkerOptions', options, kinds);
  checkOptions('WorkerOptions.interceptors', options.interceptors ?? {}, {
    client: 'object',
    activity: 'array',
    activityInbound: 'array',
    nexus: 'array',
    workflowModules: 'array',
  });
  if (options.connection !== undefined && typeof options.connection?.ensureConnected !== 'function') {
    throw new TypeError(
      `WorkerOptions.connection must be what NativeConnection.connect(...) gives, got ${describeOption(options.connection)}`,
    );
  }
  const ratio = options.nonStickyToStickyPollRatio ?? 0.2;
  if (ratio < 0 || ratio > 1) {
    throw new TypeError(`WorkerOptions.nonStickyToStickyPollRatio must be between 0 and 1, got ${ratio}`);
  }
  for (const [sink, functions] of Object.entries(options.sinks ?? {})) {
    checkOption(`WorkerOptions.sinks.${sink}`, functions, 'object');
    for (const [name, given] of Object.entries(functions)) {
      checkOption(`WorkerOptions.sinks.${sink}.${name}`, given, 'object');
      checkOption(`WorkerOptions.sinks.${sink}.${name}.fn`, given.fn, 'function');
    }
  }
}

const pollers = ['workflowTaskPollerBehavior', 'activityTaskPollerBehavior', 'nexusTaskPollerBehavior'] as const;

function checkPollers(options: WorkerOptions): void {
  for (const name of pollers) {
    const behavior = options[name];
    if (behavior === undefined) continue;
    checkOption(`WorkerOptions.${name}`, behavior, 'object');
    if (behavior.type !== 'simple-maximum' && behavior.type !== 'autoscaling') {
      const given = describeOption((behavior as { type: unknown }).type);
      throw new TypeError(`WorkerOptions.${name}.type must be 'simple-maximum' or 'autoscaling', got ${given}`);
    }
    const { minimum, maximum, initial }: { minimum?: number; maximum?: number; initial?: number } = behavior;
    for (const [limit, value] of Object.entries({ minimum, maximum, initial })) {
      if (value === undefined || (Number.isInteger(value) && value > 0)) continue;
      throw new TypeError(`WorkerOptions.${name}.${limit} must be a positive integer, got ${describeOption(value)}`);
    }
    if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
      throw new TypeError(`WorkerOptions.${name}: minimum must not be above maximum, got ${minimum} and ${maximum}`);
    }
  }
}

function checkCache(maxCachedWorkflows: number | undefined): void {
  if (maxCachedWorkflows === undefined) return;
  if (maxCachedWorkflows === 1) {
    throw new TypeError('maxCachedWorkflows must be either 0 (ie. cache is disabled) or greater than 1');
  }
  if (!Number.isInteger(maxCachedWorkflows) || maxCachedWorkflows < 0) {
    throw new TypeError(`Worker option maxCachedWorkflows must be 0 or an integer above 1, got ${maxCachedWorkflows}`);
  }
}

function checkEagerReservations(limit: number | undefined): void {
  if (limit === undefined || (Number.isSafeInteger(limit) && limit >= 0)) return;
  throw new TypeError('maxEagerActivityReservationsPerWorkflowTask must be a non-negative integer');
}

function checkCombinations(options: WorkerOptions): void {
  if (options.activityThreads !== undefined) {
    if (options.activities !== undefined) throw new TypeError('You cannot set both activities and activityThreads');
    if (options.interceptors?.activity !== undefined || options.interceptors?.activityInbound !== undefined) {
      throw new TypeError(
        'interceptors.activity does not apply to activityThreads: functions cannot cross to a thread',
      );
    }
  }
  if (options.tuner !== undefined) {
    checkTuner(options.tuner);
    for (const name of positiveIntegers.slice(0, 4)) {
      if (options[name] !== undefined) throw new TypeError(`Cannot set both tuner and ${name}`);
    }
  }
  if (options.useVersioning === true && options.buildId === undefined) {
    throw new TypeError('Must provide a buildId if useVersioning is true');
  }
}

function checkDeployment(deployment: WorkerDeploymentOptions | undefined): void {
  if (deployment === undefined) return;
  const where = 'WorkerOptions.workerDeploymentOptions';
  checkOption(`${where}.version`, deployment.version, 'object');
  checkOption(`${where}.version.deploymentName`, deployment.version.deploymentName, 'string');
  checkOption(`${where}.version.buildId`, deployment.version.buildId, 'string');
  const { deploymentName, buildId } = deployment.version;
  if (deployment.useWorkerVersioning && (deploymentName === '' || buildId === '')) {
    throw new TypeError(`${where}.version must have a deploymentName and a buildId when useWorkerVersioning is true`);
  }
  const hasDefault = deployment.defaultVersioningBehavior !== undefined;
  if (deployment.useWorkerVersioning && !hasDefault) {
    throw new TypeError(
      'workerDeploymentOptions.defaultVersioningBehavior is required when useWorkerVersioning is true',
    );
  }
  if (!deployment.useWorkerVersioning && hasDefault) {
    throw new TypeError(
      'workerDeploymentOptions.defaultVersioningBehavior must not be set when useWorkerVersioning is false',
    );
  }
}

/** Builds the parts of a worker and joins them: polls, flows, and the place where workflow code runs. */
import { randomUUID } from 'node:crypto';
import type { ConnectionLike } from '@reprise/client';
import { type Logger, SdkComponent } from '@reprise/common';
import { ActivityRpc } from './activity/activity-rpc.ts';
import type { ActivityTask } from './activity/activity-task.ts';
import { EagerActivities } from './activity/eager-activities.ts';
import type { ExecutionFactory } from './activity/execution.ts';
import { LocalActivityRunner } from './activity/local-activity-runner.ts';
import { ActivityTaskFlow } from './activity-task-flow.ts';
import { activityPoll, workflowPolls, type TaskPoll } from './task-polls.ts';
import type { CompiledWorkerOptions } from './options/compile-worker-options.ts';
import { CodedPayloads } from './decode/coded-payloads.ts';
import { failsOnMismatch } from './options/failure-types.ts';
import { PollWithFirstTasks } from './first-tasks.ts';
import type { WorkflowHost } from './host/workflow-host.ts';
import type { WorkerMetrics } from './metrics/worker-metrics.ts';
import type { NexusPart, NexusSurroundings } from './nexus-part.ts';
import type { PayloadLimits } from './payload-limits.ts';
import type { Slot } from './poll/slots.ts';
import { slotsOf, type WorkerSlots } from './poll/tuner.ts';
import type { StickyQueue } from './respond/workflow-task.ts';
import { SinkRunner, type InjectedSinks } from './sinks.ts';
import { WorkflowTaskFlow } from './workflow-task-flow.ts';
import { WorkflowRpc, type WorkerIdentity } from './worker-rpc.ts';

export interface PartsInput {
  readonly options: CompiledWorkerOptions;
  readonly connection: ConnectionLike;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  /** Absent for a worker without activities. */
  readonly activities: ExecutionFactory | undefined;
  /** Absent for a worker without Nexus services. */
  readonly buildNexus: ((around: NexusSurroundings) => NexusPart) | undefined;
  readonly sinks: InjectedSinks;
  /** Absent for a worker without workflows. */
  readonly host: WorkflowHost | undefined;
  readonly useBuildIdVersioning: boolean;
  readonly payloadLimits: PayloadLimits;
  /** Polling cannot go on. */
  onFatal(error: Error): void;
  /** A task was handed out, or has been answered. */
  onTasksChanged(): void;
}

export interface WorkerParts {
  readonly polls: readonly TaskPoll[];
  readonly activityFlow: ActivityTaskFlow;
  /** Absent for a worker without Nexus services. */
  readonly nexus: NexusPart | undefined;
  readonly workflowRpc: WorkflowRpc;
  readonly activityRpc: ActivityRpc;
  readonly slots: WorkerSlots;
  readonly stickyQueueName: string | undefined;
  readonly workerInstanceKey: string;
  /** Tasks that were handed out and not answered yet. */
  readonly underway: ReadonlySet<Promise<void>>;
}

/** Keeps track of the tasks under way, and gives back the slot of each when it ends. */
class Underway {
  readonly tasks = new Set<Promise<void>>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  add(work: Promise<void>, slot: Slot): void {
    const tracked = work.finally(() => {
      slot.release();
      this.tasks.delete(tracked);
      this.#onChange();
    });
    this.tasks.add(tracked);
    this.#onChange();
  }
}

interface Joint {
  readonly input: PartsInput;
  readonly who: WorkerIdentity;
  readonly slots: WorkerSlots;
  readonly underway: Underway;
}

export function buildWorkerParts(input: PartsInput): WorkerParts {
  const { options, connection, metrics } = input;
  const { namespace, taskQueue } = options;
  input.logger.debug('Initializing worker', { sdkComponent: SdkComponent.core, namespace, taskQueue });
  const who = identityOf(input);
  const slots = slotsOf(options.tuner, {
    taskQueue: options.taskQueue,
    workerIdentity: options.identity,
    workerBuildId: options.buildId,
    ...(options.deploymentVersion === undefined ? {} : { workerDeploymentVersion: options.deploymentVersion }),
    onError: (error) => input.logger.warn('Slot supplier threw an error', { error }),
  });
  const joint: Joint = { input, who, slots, underway: new Underway(() => input.onTasksChanged()) };
  const maxTasksPerSecond = options.maxTaskQueueActivitiesPerSecond;
  const activityRpc = new ActivityRpc(connection, who, { maxTasksPerSecond, metrics });
  const { payloadCodecs: codecs, externalStorage } = options.loadedDataConverter;
  const payloads = new CodedPayloads({ codecs, namespace: options.namespace, externalStorage });
  const workflowRpc = new WorkflowRpc(connection, who, { payloads, metrics, logger: input.logger });
  const activities = activityPart(joint, activityRpc);
  const workflows = workflowPart(joint, workflowRpc, activities.onTask);
  const nexus = input.buildNexus?.({
    ...input,
    who,
    slots: slots.nexus,
    track: (work, slot) => joint.underway.add(work, slot),
  });
  return {
    polls: [...activities.polls, ...workflows.polls, ...(nexus?.polls ?? [])],
    activityFlow: activities.flow,
    nexus,
    workflowRpc,
    activityRpc,
    slots,
    stickyQueueName: workflows.sticky?.name,
    workerInstanceKey: who.workerInstanceKey,
    underway: joint.underway.tasks,
  };
}

function identityOf({ options, useBuildIdVersioning }: PartsInput): WorkerIdentity {
  const { namespace, taskQueue, identity, buildId, deploymentOptions } = options;
  const workerInstanceKey = randomUUID();
  return { namespace, taskQueue, identity, buildId, useBuildIdVersioning, deploymentOptions, workerInstanceKey };
}

const noActivities: ExecutionFactory = ({ info }) => {
  throw new Error(`This worker has no activities, but was told to run ${info.activityType}`);
};

function pollsForActivities({ input }: Joint): boolean {
  return input.options.pollsForActivities && input.activities !== undefined;
}

function activityPart(
  joint: Joint,
  rpc: ActivityRpc,
): { flow: ActivityTaskFlow; polls: TaskPoll[]; onTask(this: void, task: ActivityTask, slot: Slot): void } {
  const { input, slots, underway } = joint;
  const { defaultHeartbeatThrottleIntervalMs, maxHeartbeatThrottleIntervalMs, loadedDataConverter } = input.options;
  const flow = new ActivityTaskFlow({
    rpc,
    metrics: input.metrics,
    makeExecution: input.activities ?? noActivities,
    dataConverter: loadedDataConverter,
    logger: input.logger,
    defaultHeartbeatThrottleIntervalMs,
    maxHeartbeatThrottleIntervalMs,
  });
  const onTask = (task: ActivityTask, slot: Slot): void => {
    slot.markUsed({ type: 'activity', activityType: task.info.activityType });
    underway.add(flow.process(task), slot);
  };
  const polls = pollsForActivities(joint) ? [activityPoll({ input, rpc, slots: slots.activity, onTask })] : [];
  return { flow, polls, onTask };
}

function workflowPart(
  joint: Joint,
  rpc: WorkflowRpc,
  onActivityTask: (task: ActivityTask, slot: Slot) => void,
): { polls: TaskPoll[]; sticky: StickyQueue | undefined } {
  const { input, slots, underway } = joint;
  const { options, host, logger, metrics } = input;
  const { namespace, taskQueue } = options;
  if (host === undefined) return { polls: [], sticky: undefined };
  const sticky = stickyQueueOf(options);
  const flow = new WorkflowTaskFlow({
    rpc,
    metrics,
    host,
    namespace,
    logger,
    sticky,
    versioningBehavior: options.versioningBehavior,
    payloadLimits: options.checksPayloadSizes ? input.payloadLimits : undefined,
    failsOnMismatch: (workflowType) => failsOnMismatch(options.workflowFailureErrorTypes, workflowType),
    localActivities: new LocalActivityRunner({
      makeExecution: input.activities ?? noActivities,
      namespace,
      slots: slots.localActivity,
      metrics,
    }),
    sinks: new SinkRunner(input.sinks, {
      logger,
      namespace,
      measure: (measurement) => metrics.measure(measurement),
    }),
    eagerActivities: new EagerActivities({
      namespace,
      taskQueue,
      slots: slots.activity,
      maxPerTask: pollsForActivities(joint) ? options.maxEagerActivities : 0,
      onTask: onActivityTask,
    }),
  });
  const [normal, ...others] = workflowPolls({
    input,
    rpc,
    slots: slots.workflow,
    sticky,
    onTask: (task, slot) => underway.add(flow.process(task), slot),
  });
  // The server does not hand first tasks to workers of a version: it has to choose the version.
  if (normal === undefined || input.useBuildIdVersioning)
    return { polls: normal ? [normal, ...others] : others, sticky };
  const withFirstTasks = new PollWithFirstTasks(normal, {
    connection: input.connection,
    namespace,
    taskQueue,
    rpc,
    slots: slots.workflow,
    process: (task) => flow.process(task),
    track: (work, slot) => underway.add(work, slot),
  });
  return { polls: [withFirstTasks, ...others], sticky };
}

function stickyQueueOf(options: CompiledWorkerOptions): StickyQueue | undefined {
  if (options.maxCachedWorkflows === 0) return undefined;
  return {
    name: `${options.identity}-${randomUUID().replaceAll('-', '')}`,
    normalName: options.taskQueue,
    scheduleToStartTimeoutMs: options.stickyQueueScheduleToStartTimeoutMs,
  };
}

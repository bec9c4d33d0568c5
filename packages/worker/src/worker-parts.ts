/** Builds the parts of a worker and joins them: polls, flows, and the place where workflow code runs. */
import { randomUUID } from 'node:crypto';
import type { Client, ConnectionLike } from '@reprise/client';
import type { Logger, MetricMeter } from '@reprise/common';
import { pollerCount, type CompiledWorkerOptions } from './compile-worker-options.ts';
import { ActivityRegistry } from './activity/activity-registry.ts';
import { ActivityRpc } from './activity/activity-rpc.ts';
import { decodeActivityTask, type ActivityTask } from './activity/activity-task.ts';
import { EagerActivities } from './activity/eager-activities.ts';
import type { ActivityInterceptorsFactory } from './activity/interceptors.ts';
import { LocalActivityRunner } from './activity/local-activity-runner.ts';
import { ActivityTaskFlow } from './activity-task-flow.ts';
import { decodeWorkflowTask, type WorkflowTask } from './decode/workflow-task.ts';
import type { WorkflowHost } from './host/workflow-host.ts';
import type { WorkerMetrics } from './metrics/worker-metrics.ts';
import { LongPoll } from './poll/long-poll.ts';
import { RateLimit } from './poll/rate-limit.ts';
import type { Slot, Slots } from './poll/slots.ts';
import { slotsOf, type WorkerSlots } from './poll/tuner.ts';
import type { PayloadLimits } from './respond/payload-limits.ts';
import type { StickyQueue } from './respond/workflow-task.ts';
import { SinkRunner, type InjectedSinks } from './sinks.ts';
import { WorkflowTaskFlow } from './workflow-task-flow.ts';
import { WorkflowRpc, type WorkerIdentity } from './worker-rpc.ts';

export interface PartsInput {
  readonly options: CompiledWorkerOptions;
  readonly connection: ConnectionLike;
  readonly client: Client;
  readonly logger: Logger;
  readonly metricMeter: MetricMeter;
  readonly metrics: WorkerMetrics;
  readonly activities: object;
  readonly activityInterceptors: readonly ActivityInterceptorsFactory[];
  readonly sinks: InjectedSinks;
  /** Absent for a worker without workflows. */
  readonly host: WorkflowHost | undefined;
  readonly buildId: string;
  readonly useBuildIdVersioning: boolean;
  readonly payloadLimits: PayloadLimits;
  /** Polling cannot go on. */
  onFatal(error: Error): void;
}

export interface WorkerParts {
  readonly polls: readonly LongPoll<object>[];
  readonly activityFlow: ActivityTaskFlow;
  readonly workflowRpc: WorkflowRpc;
  readonly activityRpc: ActivityRpc;
  readonly slots: WorkerSlots;
  readonly stickyQueueName: string | undefined;
  readonly workerInstanceKey: string;
  /** Tasks that were handed out and not answered yet. */
  readonly underway: Set<Promise<void>>;
}

/** Names of error classes that stand for code that does not fit its history. */
const mismatchNames: ReadonlySet<string> = new Set(['NondeterminismError', 'DeterminismViolationError', 'Error']);

export function buildWorkerParts(input: PartsInput): WorkerParts {
  const { options, connection, host } = input;
  const who: WorkerIdentity = {
    namespace: options.namespace,
    taskQueue: options.taskQueue,
    identity: options.identity,
    buildId: input.buildId,
    useBuildIdVersioning: input.useBuildIdVersioning,
    deploymentOptions: options.deploymentOptions,
    workerInstanceKey: randomUUID(),
  };
  const underway = new Set<Promise<void>>();
  const track = (work: Promise<void>, slot: Slot): void => {
    const tracked = work.finally(() => {
      slot.release();
      underway.delete(tracked);
    });
    underway.add(tracked);
  };
  const activityRpc = new ActivityRpc(connection, who, {
    maxTasksPerSecond: options.maxTaskQueueActivitiesPerSecond,
    metrics: input.metrics,
  });
  const workflowRpc = new WorkflowRpc(connection, who, {
    codecs: options.loadedDataConverter.payloadCodecs,
    metrics: input.metrics,
  });
  const registry = new ActivityRegistry(input.activities);
  const slots = slotsOf(options.tuner, {
    taskQueue: options.taskQueue,
    workerIdentity: options.identity,
    workerBuildId: input.buildId,
    onError: (error) => input.logger.warn('Slot supplier threw an error', { error }),
  });
  const shared = {
    registry,
    dataConverter: options.loadedDataConverter,
    interceptors: input.activityInterceptors,
    logger: input.logger,
    metricMeter: input.metricMeter,
    client: input.client,
  };
  const activityFlow = new ActivityTaskFlow({
    ...shared,
    rpc: activityRpc,
    metrics: input.metrics,
    defaultHeartbeatThrottleMs: options.defaultHeartbeatThrottleMs,
    maxHeartbeatThrottleMs: options.maxHeartbeatThrottleMs,
  });
  const onTask = (task: ActivityTask, slot: Slot): void => {
    slot.markUsed({ type: 'activity', activityType: task.info.activityType });
    track(activityFlow.process(task), slot);
  };
  const polls: LongPoll<object>[] = [];
  if (options.pollsForActivities && !registry.isEmpty) {
    polls.push(activityPoll({ input, rpc: activityRpc, slots: slots.activity, onTask }));
  }
  const sticky = host === undefined ? undefined : stickyQueueOf(options);
  if (host !== undefined) {
    const flow = new WorkflowTaskFlow({
      rpc: workflowRpc,
      metrics: input.metrics,
      host,
      namespace: options.namespace,
      logger: input.logger,
      sticky,
      versioningBehavior: options.versioningBehavior,
      payloadLimits: options.checksPayloadSizes ? input.payloadLimits : undefined,
      failsOnMismatch: options.failureErrorTypes.some((name) => mismatchNames.has(name)),
      localActivities: new LocalActivityRunner({
        ...shared,
        namespace: options.namespace,
        slots: slots.localActivity,
      }),
      sinks: new SinkRunner(input.sinks, input.logger, options.namespace),
      eagerActivities: new EagerActivities({
        namespace: options.namespace,
        taskQueue: options.taskQueue,
        slots: slots.activity,
        maxPerTask: options.pollsForActivities && !registry.isEmpty ? options.maxEagerActivities : 0,
        onTask,
      }),
    });
    const start = (task: WorkflowTask, slot: Slot): void => track(flow.process(task), slot);
    polls.push(...workflowPolls({ input, rpc: workflowRpc, slots: slots.workflow, sticky, onTask: start }));
  }
  return {
    polls,
    activityFlow,
    workflowRpc,
    activityRpc,
    slots,
    stickyQueueName: sticky?.name,
    workerInstanceKey: who.workerInstanceKey,
    underway,
  };
}

function stickyQueueOf(options: CompiledWorkerOptions): StickyQueue | undefined {
  if (options.maxCachedWorkflows === 0) return undefined;
  return {
    name: `${options.identity}-${randomUUID().replaceAll('-', '')}`,
    normalName: options.taskQueue,
    scheduleToStartTimeoutMs: options.stickyTimeoutMs,
  };
}

function activityPoll(parts: {
  input: PartsInput;
  rpc: ActivityRpc;
  slots: Slots;
  onTask(task: ActivityTask, slot: Slot): void;
}): LongPoll<object> {
  const { input, rpc, slots, onTask } = parts;
  const { maxActivitiesPerSecond } = input.options;
  const limit = maxActivitiesPerSecond === undefined ? undefined : new RateLimit(maxActivitiesPerSecond);
  const poll = new LongPoll<ActivityTask>({
    count: pollerCount(input.options.activityPollers),
    pollerType: 'activity_task',
    slots,
    poll: async (signal) => {
      await limit?.wait(signal);
      const response = await rpc.poll(signal);
      const task = decodeActivityTask(response, input.options);
      if (task === undefined) input.metrics.count('activity_poll_no_task');
      return { task, ...suggestion(response) };
    },
    onTask,
    onError: (error) => reportPollError(input, error),
  });
  return poll as LongPoll<object>;
}

function workflowPolls(parts: {
  input: PartsInput;
  rpc: WorkflowRpc;
  slots: Slots;
  sticky: StickyQueue | undefined;
  onTask(task: WorkflowTask, slot: Slot): void;
}): LongPoll<object>[] {
  const { input, rpc, slots, sticky, onTask } = parts;
  const { workflowPollers, nonStickyToStickyPollRatio, taskQueue } = input.options;
  const make = (share: number, queue: { name: string; isSticky: boolean }): LongPoll<object> => {
    const poll = new LongPoll<WorkflowTask>({
      count: pollerCount(workflowPollers, share),
      slots,
      isSticky: queue.isSticky,
      pollerType: queue.isSticky ? 'sticky_workflow_task' : 'workflow_task',
      poll: async (signal) => {
        const response = await rpc.poll(queue, signal);
        const task = decodeWorkflowTask(response);
        input.metrics.count(`workflow_task_queue_poll_${task === undefined ? 'empty' : 'succeed'}`);
        return { task, ...suggestion(response) };
      },
      onTask: (task, slot) => {
        slot.markUsed({ type: 'workflow', workflowType: task.workflowType, isSticky: queue.isSticky });
        onTask(task, slot);
      },
      onError: (error) => reportPollError(input, error),
    });
    return poll as LongPoll<object>;
  };
  const normal = { name: taskQueue, isSticky: false };
  if (sticky === undefined) return [make(1, normal)];
  const share = nonStickyToStickyPollRatio;
  return [make(share, normal), make(1 - share, { name: sticky.name, isSticky: true })];
}

function suggestion(response: {
  pollerScalingDecision?: { pollRequestDeltaSuggestion?: number | null | undefined } | null | undefined;
}): { suggestedChange: number | undefined } {
  return { suggestedChange: response.pollerScalingDecision?.pollRequestDeltaSuggestion ?? undefined };
}

/** Statuses after which polling again cannot help: invalid argument, not found, permission denied, unauthenticated, unimplemented. */
const fatalCodes: ReadonlySet<number> = new Set([3, 5, 7, 12, 16]);

function reportPollError(input: PartsInput, error: unknown): void {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'number' && fatalCodes.has(code) && error instanceof Error) input.onFatal(error);
  else input.logger.warn(`Poll failed: ${error instanceof Error ? error.message : String(error)}`);
}

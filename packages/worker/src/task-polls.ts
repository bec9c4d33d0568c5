/** The long polls of a worker: for activities, for workflow tasks anybody may take, and for those of the runs it has cached. */
import type { Logger } from '@reprise/common';
import type { ActivityRpc } from './activity/activity-rpc.ts';
import { decodeActivityTask, type ActivityTask } from './activity/activity-task.ts';
import { pollerCount, type CompiledWorkerOptions } from './options/compile-worker-options.ts';
import { decodeWorkflowTask, type WorkflowTask } from './decode/workflow-task.ts';
import type { WorkerMetrics } from './metrics/worker-metrics.ts';
import { LongPoll } from './poll/long-poll.ts';
import { RateLimit } from './poll/rate-limit.ts';
import type { Slot, Slots } from './poll/slots.ts';
import type { StickyQueue } from './respond/workflow-task.ts';
import type { WorkflowRpc } from './worker-rpc.ts';

/** Long polls, whatever they poll for. */
export type TaskPoll = Pick<
  LongPoll<never>,
  'run' | 'finish' | 'stop' | 'open' | 'pollerType' | 'isAutoscaling' | 'lastTaskMs'
>;

export interface PollInput {
  readonly options: CompiledWorkerOptions;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  /** Polling cannot go on. */
  onFatal(error: Error): void;
}

export function activityPoll(parts: {
  input: PollInput;
  rpc: ActivityRpc;
  slots: Slots;
  onTask(this: void, task: ActivityTask, slot: Slot): void;
}): TaskPoll {
  const { input, rpc, slots, onTask } = parts;
  const { maxActivitiesPerSecond } = input.options;
  const limit = maxActivitiesPerSecond === undefined ? undefined : new RateLimit(maxActivitiesPerSecond);
  return new LongPoll<ActivityTask>({
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
}

export function workflowPolls(parts: {
  input: PollInput;
  rpc: WorkflowRpc;
  slots: Slots;
  sticky: StickyQueue | undefined;
  onTask(this: void, task: WorkflowTask, slot: Slot): void;
}): TaskPoll[] {
  const { input, rpc, slots, sticky, onTask } = parts;
  const { workflowPollers, nonStickyToStickyPollRatio: share, taskQueue } = input.options;
  const make = (part: number, queue: { name: string; isSticky: boolean }): TaskPoll =>
    new LongPoll<WorkflowTask>({
      count: pollerCount(workflowPollers, part),
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
  const normal = { name: taskQueue, isSticky: false };
  if (sticky === undefined) return [make(1, normal)];
  return [make(share, normal), make(1 - share, { name: sticky.name, isSticky: true })];
}

export function suggestion(response: {
  pollerScalingDecision?: { pollRequestDeltaSuggestion?: number | null | undefined } | null | undefined;
}): { suggestedChange: number | undefined } {
  return { suggestedChange: response.pollerScalingDecision?.pollRequestDeltaSuggestion ?? undefined };
}

/** Statuses after which polling again cannot help: invalid argument, not found, permission denied, unimplemented, unauthenticated. */
const fatalCodes: ReadonlySet<number> = new Set([3, 5, 7, 12, 16]);

export function reportPollError(input: Pick<PollInput, 'logger' | 'onFatal'>, error: unknown): void {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'number' && fatalCodes.has(code) && error instanceof Error) input.onFatal(error);
  else input.logger.warn(`Poll failed: ${error instanceof Error ? error.message : String(error)}`);
}

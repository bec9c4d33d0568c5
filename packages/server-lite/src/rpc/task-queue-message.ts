import type { temporal } from '@reprise/proto';
import type { PollerRecord } from '../matching/poller-history.ts';
import type { QueueKey } from '../matching/matching.ts';
import type { TaskQueue } from '../matching/task-queue.ts';
import { WorkerVersioningMode } from '@reprise/proto';
import type { RpcContext } from './rpc.ts';
import { toDuration, toTimestamp } from './wire-time.ts';

type Stats = temporal.api.taskqueue.v1.TaskQueueStats;

function statsOf(queue: TaskQueue, nowMs: number): Stats {
  const tasks = [...queue.lanes.values()].flatMap((lane) => lane.backlog.tasks());
  const oldestMs = tasks.reduce((oldest, task) => Math.min(oldest, task.readyMs), nowMs);
  return {
    approximateBacklogCount: tasks.length,
    approximateBacklogAge: toDuration(Math.max(0, nowMs - oldestMs)),
    tasksAddRate: queue.adds.perSecond(Date.now()),
    tasksDispatchRate: queue.dispatches.perSecond(Date.now()),
  };
}

export function taskQueueStats(ctx: RpcContext, key: QueueKey): Stats {
  const queue = ctx.system.queues.existing(key);
  return queue ? statsOf(queue, ctx.clock.now()) : { approximateBacklogAge: toDuration(0) };
}

/** By priority key. */
export function statsByPriority(ctx: RpcContext, key: QueueKey): Record<string, Stats> {
  const queue = ctx.system.queues.existing(key);
  const nowMs = ctx.clock.now();
  const stats: Record<string, Stats> = {};
  for (const task of queue ? [...queue.lanes.values()].flatMap((lane) => lane.backlog.tasks()) : []) {
    const priority = String(task.priority?.priorityKey || 3);
    const before = stats[priority];
    const ageMs = Math.max(nowMs - task.readyMs, (before?.approximateBacklogAge?.seconds ?? 0) * 1000);
    stats[priority] = {
      approximateBacklogCount: (before?.approximateBacklogCount ?? 0) + 1,
      approximateBacklogAge: toDuration(ageMs),
    };
  }
  return stats;
}

function pollerMessage({ identity, lastAccessMs, poll }: PollerRecord): temporal.api.taskqueue.v1.PollerInfo {
  return {
    identity,
    lastAccessTime: toTimestamp(lastAccessMs),
    ratePerSecond: poll.maxTasksPerSecond ?? 100_000,
    ...(poll.version
      ? {
          deploymentOptions: {
            ...poll.version,
            workerVersioningMode: WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED,
          },
        }
      : {}),
  };
}

export function pollerMessages(ctx: RpcContext, key: QueueKey): temporal.api.taskqueue.v1.PollerInfo[] {
  const sinceMs = ctx.clock.now() - ctx.config.get('matching.PollerHistoryTTL');
  return ctx.system.queues.existing(key)?.pollers.list(sinceMs).map(pollerMessage) ?? [];
}

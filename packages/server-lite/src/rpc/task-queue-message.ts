import type { temporal } from '@reprise/proto';
import type { PollerRecord } from '../matching/poller-history.ts';
import { backlogAgeMs, backlogCount, waitingTasks } from '../matching/queue-stats.ts';
import type { QueueKey } from '../matching/matching.ts';
import type { Lane } from '../matching/lane.ts';
import { laneOfVersion, type TaskQueue, unversionedLane } from '../matching/task-queue.ts';
import { WorkerVersioningMode } from '@reprise/proto';
import type { RpcContext } from './rpc.ts';
import { toDuration, toTimestamp } from './wire-time.ts';

type Stats = temporal.api.taskqueue.v1.TaskQueueStats;

function statsOf(queue: TaskQueue, lanes: readonly Lane[], nowMs: number): Stats {
  return {
    approximateBacklogCount: backlogCount(lanes),
    approximateBacklogAge: toDuration(backlogAgeMs(lanes, nowMs)),
    tasksAddRate: queue.adds.perSecond(Date.now()),
    tasksDispatchRate: queue.dispatches.perSecond(Date.now()),
  };
}

export function taskQueueStats(ctx: RpcContext, key: QueueKey): Stats {
  const queue = ctx.system.queues.existing(key);
  return queue ? statsOf(queue, [...queue.lanes.values()], ctx.clock.now()) : { approximateBacklogAge: toDuration(0) };
}

/** Of the tasks that only this version's workers get; '' stands for workers without one. */
export function versionStats(ctx: RpcContext, key: QueueKey, version: string): Stats {
  const queue = ctx.system.queues.existing(key);
  const lane = queue?.lanes.get(version);
  if (!queue || (version !== unversionedLane && !lane)) return { approximateBacklogAge: toDuration(0) };
  return statsOf(queue, lane ? [lane] : [], ctx.clock.now());
}

const defaultPriority = 3;

/** By priority key. */
export function statsByPriority(ctx: RpcContext, key: QueueKey): Record<string, Stats> {
  const queue = ctx.system.queues.existing(key);
  const nowMs = ctx.clock.now();
  const stats: Record<string, Stats> = { [defaultPriority]: { approximateBacklogAge: toDuration(0) } };
  for (const task of queue ? waitingTasks(queue.lanes.values()) : []) {
    const priority = String(task.priority?.priorityKey || defaultPriority);
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
    ...(poll.capabilities ? { workerVersionCapabilities: poll.capabilities } : {}),
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

const pollersOf = (ctx: RpcContext, key: QueueKey): PollerRecord[] => {
  const sinceMs = ctx.clock.now() - ctx.config.get('matching.PollerHistoryTTL');
  return ctx.system.queues.existing(key)?.pollers.list(sinceMs) ?? [];
};

export function pollerMessages(ctx: RpcContext, key: QueueKey): temporal.api.taskqueue.v1.PollerInfo[] {
  return pollersOf(ctx, key).map(pollerMessage);
}

/** Those that poll as this version; '' stands for workers without one. */
export function versionPollers(
  ctx: RpcContext,
  key: QueueKey,
  version: string,
): temporal.api.taskqueue.v1.PollerInfo[] {
  const polling = pollersOf(ctx, key).filter(({ poll }) => laneOfVersion(poll.version) === version);
  return polling.map(pollerMessage);
}

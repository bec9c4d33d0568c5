import type { temporal } from '@reprise/proto';
import type { PollerRecord } from '../../matching/poller-history.ts';
import { backlogAgeMs, backlogCount, waitingTasks } from '../../matching/queue-stats.ts';
import type { QueueKey } from '../../matching/matching.ts';
import type { Lane } from '../../matching/lane.ts';
import { defaultPriority, priorityOf } from '../../matching/backlog.ts';
import { laneOfVersion } from '../../matching/poll-lane.ts';
import type { Rates } from '../../matching/task-rates.ts';
import { WorkerVersioningMode } from '@reprise/proto';
import type { RpcContext } from '../rpc.ts';
import { fromDuration, toDuration, toTimestamp } from '../wire-time.ts';

type Stats = temporal.api.taskqueue.v1.TaskQueueStats;

function statsOf(lanes: readonly Lane[], { nowMs, rates }: { nowMs: number; rates: Rates }): Stats {
  return {
    approximateBacklogCount: backlogCount(lanes),
    approximateBacklogAge: toDuration(backlogAgeMs(lanes, nowMs)),
    tasksAddRate: rates.adds,
    tasksDispatchRate: rates.dispatches,
  };
}

export function taskQueueStats(ctx: RpcContext, key: QueueKey): Stats {
  const queue = ctx.system.queues.existing(key);
  if (!queue) return { approximateBacklogAge: toDuration(0) };
  return statsOf([...queue.lanes.values()], { nowMs: ctx.clock.now(), rates: queue.rates.of({}, Date.now()) });
}

/** Of the tasks that only this version's workers get; '' stands for workers without one. */
export function versionStats(ctx: RpcContext, key: QueueKey, version: string): Stats {
  const queue = ctx.system.queues.existing(key);
  if (!queue) return { approximateBacklogAge: toDuration(0) };
  const lane = queue.lanes.get(version);
  const rates = queue.rates.of({ lane: version }, Date.now());
  return statsOf(lane ? [lane] : [], { nowMs: ctx.clock.now(), rates });
}

/** By priority key: those that tasks have had lately, and the one that most have. */
export function statsByPriority(ctx: RpcContext, key: QueueKey): Record<string, Stats> {
  const queue = ctx.system.queues.existing(key);
  const nowMs = ctx.clock.now();
  const stats: Record<string, Stats> = {};
  for (const priority of [defaultPriority, ...(queue?.rates.priorities ?? [])]) {
    const rates = queue?.rates.of({ priority }, Date.now());
    stats[priority] = {
      approximateBacklogAge: toDuration(0),
      ...(rates ? { tasksAddRate: rates.adds, tasksDispatchRate: rates.dispatches } : {}),
    };
  }
  for (const task of queue ? waitingTasks(queue.lanes.values()) : []) {
    const waiting = (stats[priorityOf(task)] ??= { approximateBacklogAge: toDuration(0) });
    const ageMs = Math.max(nowMs - task.readyMs, fromDuration(waiting.approximateBacklogAge));
    waiting.approximateBacklogCount = (waiting.approximateBacklogCount ?? 0) + 1;
    waiting.approximateBacklogAge = toDuration(ageMs);
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

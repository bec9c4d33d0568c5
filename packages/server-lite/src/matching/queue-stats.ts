/** How a queue does, in numbers. */
import type { Lane } from './lane.ts';
import type { WorkerTask } from './matching.ts';
import type { TaskQueue } from './task-queue.ts';

export const waitingTasks = (lanes: Iterable<Lane>): WorkerTask[] => [...lanes].flatMap((lane) => lane.backlog.tasks());

export const backlogCount = (lanes: Iterable<Lane>): number =>
  [...lanes].reduce((sum, lane) => sum + lane.backlog.size, 0);

/** How long the task that has waited longest has done so. @param nowMs server time */
export function backlogAgeMs(lanes: Iterable<Lane>, nowMs: number): number {
  return waitingTasks(lanes).reduce((oldest, task) => Math.max(oldest, nowMs - task.readyMs), 0);
}

/** 1 when no task has had to wait for a poll lately. @param wallMs wall clock */
export function syncMatchRate(queue: TaskQueue, wallMs: number): number {
  const { dispatches } = queue.rates.of({}, wallMs);
  return dispatches === 0 ? 1 : Math.min(1, queue.syncDispatches.perSecond(wallMs) / dispatches);
}

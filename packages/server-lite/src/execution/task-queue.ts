/** Task queues as requests and commands name them. */
import { enumName, TaskQueueKind } from '@reprise/proto';
import { utf8Length } from './utf8-length.ts';
import type { TaskQueue } from './wire.ts';

const reservedPrefix = '/_sys/';

/** What is wrong with a queue, or undefined. */
export function queueProblem(taskQueue: TaskQueue | null | undefined, longest: number): string | undefined {
  if (!taskQueue) return 'taskQueue is not set';
  const name = taskQueue.name ?? '';
  if (name === '') return 'missing task queue name';
  if (utf8Length(name) > longest) return 'taskQueue length exceeds limit';
  if (name.startsWith(reservedPrefix)) return `task queue name cannot start with reserved prefix ${reservedPrefix}`;
  const isSticky = taskQueue.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY;
  return isSticky && utf8Length(taskQueue.normalName ?? '') > longest ? 'taskQueue length exceeds limit' : undefined;
}

/** The queue in which the service itself works for a namespace. */
export const serviceQueue = 'temporal-sys-per-ns-tq';

/** What is wrong with a queue that users are to have work in, or undefined. @param parent the queue of who asks for it */
export function workQueueProblem(
  taskQueue: TaskQueue | null | undefined,
  longest: number,
  parent = '',
): string | undefined {
  const problem = queueProblem(taskQueue, longest);
  if (problem !== undefined || taskQueue?.name !== serviceQueue || parent === serviceQueue) return problem;
  const asker = parent === '' ? '' : ` (in parent component task queue: ${parent})`;
  return `cannot use internal per-namespace task queue:${serviceQueue}${asker}`;
}

/** The queue with what was left open filled in. */
export function completedQueue(taskQueue: TaskQueue | null | undefined, fallbackName = ''): TaskQueue {
  return {
    ...taskQueue,
    name: taskQueue?.name || fallbackName,
    kind: taskQueue?.kind || TaskQueueKind.TASK_QUEUE_KIND_NORMAL,
  };
}

/** A queue as messages show it. */
export function queueText({ name, kind, normalName }: TaskQueue): string {
  const shown = [`name:${JSON.stringify(name ?? '')}`, `kind:${enumName(TaskQueueKind, kind ?? 0)}`];
  return (normalName ? [...shown, `normal_name:${JSON.stringify(normalName)}`] : shown).join(' ');
}

/** Checks that several commands share. */
import type { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import type { Transition } from '../../transition.ts';
import type { TaskQueue } from '../../wire.ts';

const reservedPrefix = '/_sys/';

/** What is wrong with a queue, or undefined. */
export function queueProblem(taskQueue: TaskQueue | null | undefined, longest: number): string | undefined {
  if (!taskQueue) return 'taskQueue is not set';
  const name = taskQueue.name ?? '';
  if (name === '') return 'missing task queue name';
  if (name.length > longest) return 'taskQueue length exceeds limit';
  return name.startsWith(reservedPrefix)
    ? `task queue name cannot start with reserved prefix ${reservedPrefix}`
    : undefined;
}

/** A payload that is too large fails the task and ends the run. */
export function requireSize(
  t: Transition,
  check: { bytes: number; cause: WorkflowTaskFailedCause; message: string },
): void {
  if (check.bytes > t.around.limits.blobSizeBytes) throw new TaskProblem(check.cause, check.message, true);
}

const runIdPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isRunId = (text: string): boolean => runIdPattern.test(text);

/** A queue as messages show it. */
export const queueText = (taskQueue: TaskQueue | null | undefined): string =>
  taskQueue?.name ? `name:"${taskQueue.name}" kind:TASK_QUEUE_KIND_NORMAL` : '';

/** Checks that several RPCs share. All throw ServiceError INVALID_ARGUMENT with the texts that clients know. */
import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import { durationProblem } from '../execution/bounded-duration.ts';
import { queueProblem, workQueueProblem } from '../execution/task-queue.ts';

const longestIdBytes = 1000;

export const byteLength = (text: string): number => Buffer.byteLength(text);

/** @returns the queue's name */
export function requireTaskQueue(taskQueue: temporal.api.taskqueue.v1.TaskQueue | null | undefined): string {
  const problem = queueProblem(taskQueue, longestIdBytes);
  if (problem !== undefined) throw invalidArgument(problem);
  return taskQueue?.name ?? '';
}

/** @returns the queue's name, which is not that of the service's own queue */
export function requireWorkQueue(taskQueue: temporal.api.taskqueue.v1.TaskQueue | null | undefined): string {
  const problem = workQueueProblem(taskQueue, longestIdBytes);
  if (problem !== undefined) throw invalidArgument(problem);
  return taskQueue?.name ?? '';
}

type Timeouts = Pick<
  temporal.api.workflowservice.v1.StartWorkflowExecutionRequest,
  'workflowExecutionTimeout' | 'workflowRunTimeout' | 'workflowTaskTimeout'
>;

export function checkTimeouts(request: Timeouts): void {
  const fields = [
    ['WorkflowExecutionTimeoutSeconds', request.workflowExecutionTimeout],
    ['WorkflowRunTimeoutSeconds', request.workflowRunTimeout],
    ['WorkflowTaskTimeoutSeconds', request.workflowTaskTimeout],
  ] as const;
  for (const [name, value] of fields) {
    const problem = durationProblem(value);
    if (problem !== undefined) throw invalidArgument(`An invalid ${name} is set on request. cause: ${problem}`);
  }
}

export function checkIdentity(identity: string | null | undefined): void {
  if (byteLength(identity ?? '') > longestIdBytes) throw invalidArgument('Identity length exceeds limit.');
}

/** Checks that several RPCs share. All throw ServiceError INVALID_ARGUMENT with the texts that clients know. */
import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import { queueProblem } from '../execution/task-queue.ts';

const longestIdBytes = 1000;

export const byteLength = (text: string): number => Buffer.byteLength(text);

/** @returns the queue's name */
export function requireTaskQueue(taskQueue: temporal.api.taskqueue.v1.TaskQueue | null | undefined): string {
  const problem = queueProblem(taskQueue, longestIdBytes);
  if (problem !== undefined) throw invalidArgument(problem);
  return taskQueue?.name ?? '';
}

export function checkIdentity(identity: string | null | undefined): void {
  if (byteLength(identity ?? '') > longestIdBytes) throw invalidArgument('Identity length exceeds limit.');
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => uuidPattern.test(text);

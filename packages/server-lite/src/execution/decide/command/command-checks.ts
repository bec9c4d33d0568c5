/** Checks that several commands share. */
import { WorkflowTaskFailedCause } from '@reprise/proto';
import { ServiceError } from '../../../errors.ts';
import { TaskProblem } from '../../task-problem.ts';
import type { Transition } from '../../transition.ts';
import type { CommandContext } from './command-context.ts';

/** What came in while the task ran must be seen before the run may end. */
export function requireNothingUnseen({ hasUnseen }: CommandContext): void {
  if (hasUnseen) throw new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND);
}

/** A payload that is too large fails the task and ends the run. */
export function requireSize(
  t: Transition,
  check: { bytes: number; cause: WorkflowTaskFailedCause; message: string },
): void {
  if (check.bytes > t.around.limits.blobSizeBytes)
    throw new TaskProblem(check.cause, check.message, { terminates: true });
}

/** A memo that is too large fails the task and ends the run. */
export function requireMemoSize(
  t: Transition,
  check: { bytes: number; cause: WorkflowTaskFailedCause; message: string },
): void {
  if (check.bytes > t.around.limits.memoSizeBytes)
    throw new TaskProblem(check.cause, check.message, { terminates: true });
}

/** No more of a kind may be under way at once than the limit says. */
export function requireRoom(
  pending: number,
  bound: { limit: number; cause: WorkflowTaskFailedCause; what: string },
): void {
  const { limit, cause, what } = bound;
  if (pending < limit) return;
  throw new TaskProblem(cause, `the number of ${what}, ${pending}, has reached the per-workflow limit of ${limit}`);
}

/** What asks for the same build has to stay on the queue that the build polls. */
export function requireSameQueue(
  t: Transition,
  wish: { usesBuild: boolean | null | undefined; queue: string | null | undefined },
  problem: () => TaskProblem,
): void {
  if (wish.usesBuild && wish.queue && wish.queue !== t.execution.options.taskQueue) throw problem();
}

/** Runs a check of the service whose refusal fails the task. */
export function orProblem<Result>(run: () => Result, problem: (detail: string) => TaskProblem): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw problem(error.message);
  }
}

/** Limits that any transition may hit: on what is held back while a task runs, and on the run as a whole. */
import { WorkflowTaskFailedCause } from '@reprise/proto';
import { isRunning } from '../execution.ts';
import { stateBytes } from '../state-size.ts';
import type { Transition } from '../transition.ts';
import { failWorkflowTask } from './fail-workflow-task.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

/** The run has got too large: it is to be terminated, as it was before. */
export class BrokenBound extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** @throws BrokenBound */
export function keepBounds(t: Transition): void {
  keepBuffer(t);
  const reason = t.facts.length > 0 ? brokenBound(t) : undefined;
  if (reason !== undefined) throw new BrokenBound(reason);
}

/** When too much is held back, the task that it waits for ends. */
function keepBuffer(t: Transition): void {
  const { execution } = t;
  if (!isRunning(execution) || execution.task?.kind !== 'started') return;
  const { bufferedEvents, bufferedBytes } = t.around.limits;
  if (execution.buffered.length <= bufferedEvents && execution.bufferedBytes <= bufferedBytes) return;
  failWorkflowTask(t, {
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
    identity: 'history-service',
  });
  t.flush();
  scheduleWorkflowTask(t);
}

/** Why a run that this transition has left is not allowed to be. */
function brokenBound({ execution, around: { limits } }: Transition): string | undefined {
  if (!isRunning(execution)) return undefined;
  if (execution.historySizeBytes > limits.historyBytes) return 'Workflow history size exceeds limit.';
  if (execution.nextEventId - 1 > limits.historyEvents) return 'Workflow history count exceeds limit.';
  if (stateBytes(execution) > limits.stateBytes) return 'Workflow mutable state size exceeds limit.';
  return undefined;
}

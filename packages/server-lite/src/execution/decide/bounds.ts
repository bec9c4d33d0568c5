/** Limits that any transition may hit: on what is held back while a task runs, and on history as a whole. */
import { WorkflowTaskFailedCause } from '@reprise/proto';
import { isRunning } from '../execution.ts';
import type { Transition } from '../transition.ts';
import { terminateRun } from './close-run.ts';
import { failWorkflowTask } from './fail-workflow-task.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

export function keepBounds(t: Transition): void {
  const { execution } = t;
  if (!isRunning(execution)) return;
  const { limits } = t.around;
  if (execution.buffered.length > limits.bufferedEvents && execution.task?.kind === 'started') {
    failWorkflowTask(t, {
      cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
      identity: 'history-service',
    });
    t.flush();
    scheduleWorkflowTask(t);
  }
  if (execution.nextEventId - 1 > limits.historyEvents) {
    terminateRun(t, { reason: 'Workflow history count exceeds limit.', identity: 'history-service' });
  } else if (execution.historySizeBytes > limits.historyBytes) {
    terminateRun(t, { reason: 'Workflow history size exceeds limit.', identity: 'history-service' });
  }
}

/** A completion that the server refuses: the workflow task fails with this cause, and nothing of the completion stays. */
import { enumName, WorkflowTaskFailedCause } from '@reprise/proto';

const prefix = 'WORKFLOW_TASK_FAILED_CAUSE_';

/** `BadStartTimerAttributes` for WORKFLOW_TASK_FAILED_CAUSE_BAD_START_TIMER_ATTRIBUTES. */
function causeText(cause: WorkflowTaskFailedCause): string {
  const words = enumName(WorkflowTaskFailedCause, cause).slice(prefix.length).split('_');
  return words.map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join('');
}

export class TaskProblem extends Error {
  override readonly name = 'TaskProblem';
  readonly failedCause: WorkflowTaskFailedCause;
  /** A payload was too large: the execution ends too. */
  readonly terminates: boolean;

  constructor(cause: WorkflowTaskFailedCause, detail = '', { terminates = false } = {}) {
    super(detail === '' ? causeText(cause) : `${causeText(cause)}: ${detail}`);
    this.failedCause = cause;
    this.terminates = terminates;
  }
}

/** The started workflow task ends without success. */
import { type TimeoutType, WorkflowTaskFailedCause } from '@reprise/proto';
import type { AttributesOf } from '../event-kinds.ts';
import type { Transition } from '../transition.ts';
import type { Failure } from '../wire.ts';

export interface TaskFailure {
  readonly cause: WorkflowTaskFailedCause;
  readonly failure?: Failure | null | undefined;
  readonly identity: string;
  readonly binaryChecksum?: string | null | undefined;
  readonly reset?: { readonly baseRunId: string; readonly newRunId: string };
  /** Updates that the task was sent wait for the next one. */
  readonly keepUpdates?: boolean;
}

export function failWorkflowTask(t: Transition, options: TaskFailure): void {
  const task = t.execution.task;
  if (task?.kind !== 'started') throw new TypeError(`expected a started workflow task, found ${task?.kind}`);
  returnUpdates(t);
  if (task.type === 'transient') {
    t.note({ kind: 'taskFailedQuietly' });
    reportProblems(t);
    return;
  }
  t.writeQuietTask(options.identity);
  const attributes: AttributesOf<'taskFailed'> = {
    scheduledEventId: t.execution.task?.scheduledEventId ?? 0,
    startedEventId: task.type === 'normal' ? task.startedEventId : t.execution.nextEventId - 1,
    cause: options.cause,
    identity: options.identity,
  };
  if (options.failure) attributes.failure = options.failure;
  if (options.binaryChecksum) attributes.binaryChecksum = options.binaryChecksum;
  if (options.reset) {
    attributes.baseRunId = options.reset.baseRunId;
    attributes.newRunId = options.reset.newRunId;
  }
  t.record('taskFailed', attributes);
  reportProblems(t);
}

export function timeOutWorkflowTask(t: Transition, timeoutType: TimeoutType): void {
  const task = t.execution.task;
  if (!task) throw new TypeError('expected a workflow task to time out, found none');
  returnUpdates(t);
  if (task.type === 'transient' && task.kind === 'started') {
    t.note({ kind: 'taskFailedQuietly' });
    reportProblems(t);
    return;
  }
  t.writeQuietTask(task.kind === 'started' ? task.identity : '');
  const pending = t.execution.task ?? task;
  t.record('taskTimedOut', {
    scheduledEventId: pending.scheduledEventId,
    startedEventId: pending.kind === 'started' ? pending.startedEventId : 0,
    timeoutType,
  });
  reportProblems(t);
}

/** Once enough tasks in a row have failed, listings say why. */
function reportProblems(t: Transition): void {
  const { taskProblems, reportedProblems, lastTaskProblem: problems } = t.execution;
  const enough = t.around.limits.problemsToReport;
  if (
    enough === 0 ||
    taskProblems < enough ||
    problems.every((problem, index) => problem === reportedProblems[index])
  ) {
    return;
  }
  t.note({ kind: 'problemsReported', problems });
}

/** What the failed task was shown is shown to the next one again. */
function returnUpdates(t: Transition): void {
  for (const update of t.execution.updates.values()) {
    if (update.state === 'sent') t.note({ kind: 'updateReturned', updateId: update.updateId });
  }
}

/** Ends a task that is started because the execution is about to close. */
export function forceCloseWorkflowTask(t: Transition): void {
  if (t.execution.task?.kind !== 'started') return;
  failWorkflowTask(t, {
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
    identity: 'history-service',
  });
  t.flush();
}

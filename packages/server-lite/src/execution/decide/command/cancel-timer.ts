import { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import type { CommandHandler } from './command-context.ts';

/** A timer that has fired, but is not in history yet, is cancelled all the same. */
export const cancelTimer: CommandHandler = ({ t, taskEventId, identity }, command) => {
  const timerId = command.cancelTimerCommandAttributes?.timerId ?? '';
  const bad = (detail: string) =>
    new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_TIMER_ATTRIBUTES, detail);
  if (!timerId) throw bad('TimerId is not set on CancelTimerCommand.');
  const pending = t.execution.timers.get(timerId);
  const fired = t.execution.buffered.find((event) => event.timerFiredEventAttributes?.timerId === timerId);
  const startedEventId = pending?.startedEventId ?? fired?.timerFiredEventAttributes?.startedEventId;
  if (!startedEventId) {
    throw bad(`invalid history builder state for action: add-timer-canceled-event, TimerID: ${timerId}`);
  }
  if (!pending) t.note({ kind: 'bufferedTimerDropped', timerId });
  t.record('timerCanceled', { timerId, startedEventId, workflowTaskCompletedEventId: taskEventId, identity });
};

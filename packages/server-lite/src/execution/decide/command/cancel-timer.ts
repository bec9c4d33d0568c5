import { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import { utf8Length } from '../../utf8-length.ts';
import type { CommandHandler } from './command-context.ts';

/** A timer that has fired, but is not in history yet, is cancelled all the same. */
export const cancelTimer: CommandHandler = (context, command) => {
  const { t, taskEventId, identity } = context;
  const given = command.cancelTimerCommandAttributes;
  const bad = (detail: string) =>
    new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_TIMER_ATTRIBUTES, detail);
  if (!given) throw bad('CancelTimerCommandAttributes is not set on CancelTimerCommand.');
  const { timerId } = given;
  if (!timerId) throw bad('TimerId is not set on CancelTimerCommand.');
  const most = t.around.limits.idLength;
  const length = utf8Length(timerId);
  if (length > most) {
    throw bad(`TimerId on CancelTimerCommand exceeds length limit. TimerId=${timerId} Length=${length} Limit=${most}`);
  }
  const pending = t.execution.timers.get(timerId);
  const fired = t.execution.buffered.find((event) => event.timerFiredEventAttributes?.timerId === timerId);
  const startedEventId = pending?.startedEventId ?? fired?.timerFiredEventAttributes?.startedEventId;
  if (!startedEventId) {
    throw bad(`invalid history builder state for action: add-timer-canceled-event, TimerID: ${timerId}`);
  }
  if (!pending) t.note({ kind: 'bufferedTimerDropped', timerId });
  context.hasUnseen &&= t.execution.buffered.length > 0;
  t.record('timerCanceled', { timerId, startedEventId, workflowTaskCompletedEventId: taskEventId, identity });
};

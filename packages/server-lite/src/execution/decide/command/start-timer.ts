import { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import { bounded, durationProblem } from '../../bounded-duration.ts';
import { utf8Length } from '../../utf8-length.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

export const startTimer: CommandHandler = ({ t, taskEventId }, command) => {
  const bad = (detail: string) =>
    new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_TIMER_ATTRIBUTES, detail);
  if (!command.startTimerCommandAttributes) throw bad('StartTimerCommandAttributes is not set on StartTimerCommand.');
  const { timerId, startToFireTimeout } = command.startTimerCommandAttributes;
  const most = t.around.limits.idLength;
  if (!timerId) throw bad('TimerId is not set on StartTimerCommand.');
  const length = utf8Length(timerId);
  if (length > most) {
    throw bad(`TimerId on StartTimerCommand exceeds length limit. TimerId=${timerId} Length=${length} Limit=${most}`);
  }
  const problem = durationProblem(startToFireTimeout);
  if (problem !== undefined) {
    throw bad(`An invalid StartToFireTimeout is set on StartTimerCommand: ${problem}. TimerId=${timerId}`);
  }
  if (t.execution.timers.has(timerId)) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_START_TIMER_DUPLICATE_ID,
      `invalid history builder state for action: add-timer-started-event, TimerID: ${timerId}`,
    );
  }
  const attributes = { timerId, workflowTaskCompletedEventId: taskEventId };
  t.record(
    'timerStarted',
    startToFireTimeout ? { ...attributes, startToFireTimeout: bounded(startToFireTimeout) } : attributes,
    metadataOf(command),
  );
};

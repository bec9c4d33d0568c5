import { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import { durationMs } from '../../wire.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

export const startTimer: CommandHandler = ({ t, taskEventId }, command) => {
  const { timerId = '', startToFireTimeout } = command.startTimerCommandAttributes ?? {};
  const bad = (detail: string) =>
    new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_TIMER_ATTRIBUTES, detail);
  if (!timerId) throw bad('TimerId is not set on StartTimerCommand.');
  if (timerId.length > t.around.limits.idLength) throw bad('TimerId exceeds length limit.');
  if (durationMs(startToFireTimeout) < 0) {
    throw bad(`An invalid StartToFireTimeout is set on StartTimerCommand: negative duration. TimerId=${timerId}`);
  }
  if (t.execution.timers.has(timerId)) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_START_TIMER_DUPLICATE_ID,
      `invalid history builder state for action: add-timer-started-event, TimerID: ${timerId}`,
    );
  }
  const attributes = { timerId, workflowTaskCompletedEventId: taskEventId };
  t.record('timerStarted', startToFireTimeout ? { ...attributes, startToFireTimeout } : attributes, metadataOf(command));
};

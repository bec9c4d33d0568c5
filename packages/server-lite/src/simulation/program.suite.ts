/** Workflow code for simulations: a list of steps, done one after the other. What comes next is read from the history. */
import { CommandType, type temporal } from '@reprise/proto';

export type Step = 'timer' | 'activity' | 'signal';
type HistoryEvent = temporal.api.history.v1.HistoryEvent;
type Command = temporal.api.command.v1.Command;

export const taskQueue = { name: 'programs' };

/** The commands of the next workflow task; none while a step is under way. */
export function nextCommands(program: readonly Step[], events: readonly HistoryEvent[]): Command[] {
  const done = new Set([...firedTimers(events), ...completedActivities(events)]);
  const asked = new Set(events.map(askedStep));
  let signals = events.filter((event) => event.workflowExecutionSignaledEventAttributes).length;
  for (const [index, step] of program.entries()) {
    const id = String(index);
    if (step === 'signal' ? signals-- > 0 : done.has(id)) continue;
    return step === 'signal' || asked.has(id) ? [] : [command(step, id)];
  }
  return [
    {
      commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
      completeWorkflowExecutionCommandAttributes: {},
    },
  ];
}

export const firedTimers = (events: readonly HistoryEvent[]): string[] =>
  events.flatMap(({ timerFiredEventAttributes: fired }) => (fired ? [fired.timerId ?? ''] : []));

export function completedActivities(events: readonly HistoryEvent[]): string[] {
  const idOf = new Map(events.map((event) => [event.eventId, event.activityTaskScheduledEventAttributes?.activityId]));
  return events.flatMap(({ activityTaskCompletedEventAttributes: completed }) =>
    completed ? [idOf.get(completed.scheduledEventId ?? 0) ?? ''] : [],
  );
}

const askedStep = (event: HistoryEvent): string | null | undefined =>
  event.timerStartedEventAttributes?.timerId ?? event.activityTaskScheduledEventAttributes?.activityId;

function command(step: 'timer' | 'activity', id: string): Command {
  if (step === 'timer') {
    return {
      commandType: CommandType.COMMAND_TYPE_START_TIMER,
      startTimerCommandAttributes: { timerId: id, startToFireTimeout: { nanos: 50_000_000 } },
    };
  }
  return {
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId: id,
      activityType: { name: 'step' },
      taskQueue,
      startToCloseTimeout: { seconds: 1 },
      retryPolicy: { initialInterval: { nanos: 10_000_000 }, backoffCoefficient: 1 },
    },
  };
}

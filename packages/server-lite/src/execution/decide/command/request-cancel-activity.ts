import { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import type { CommandHandler } from './command-context.ts';

const encoder = new TextEncoder();
const notStarted = {
  payloads: [
    {
      metadata: { encoding: encoder.encode('json/plain') },
      data: encoder.encode('"ACTIVITY_ID_NOT_STARTED"'),
    },
  ],
};

/** One that no worker has taken is over at once; one that runs hears of it with its next heartbeat. */
export const requestCancelActivity: CommandHandler = ({ t, taskEventId, identity, needTask }, command) => {
  const given = command.requestCancelActivityTaskCommandAttributes;
  const scheduledEventId = given?.scheduledEventId ?? 0;
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  if (!given) {
    throw new TaskProblem(
      cause,
      'RequestCancelActivityTaskCommandAttributes is not set on RequestCancelActivityTaskCommand.',
    );
  }
  if (scheduledEventId <= 0)
    throw new TaskProblem(cause, 'ScheduledEventId is not set on RequestCancelActivityTaskCommand.');
  const activity = t.execution.activities.get(scheduledEventId);
  const isKnown = scheduledEventId < t.execution.nextEventId;
  const hasEnded = t.execution.buffered.some(
    (event) =>
      (
        event.activityTaskCompletedEventAttributes ??
        event.activityTaskFailedEventAttributes ??
        event.activityTaskTimedOutEventAttributes ??
        event.activityTaskCanceledEventAttributes
      )?.scheduledEventId === scheduledEventId,
  );
  if (!isKnown || (!activity && !hasEnded) || activity?.cancelRequestedEventId) {
    throw new TaskProblem(
      cause,
      `invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: ${scheduledEventId}`,
    );
  }
  const requested = t.record('activityCancelRequested', {
    scheduledEventId,
    workflowTaskCompletedEventId: taskEventId,
  });
  if (!activity || activity.state === 'started') return;
  t.record('activityCanceled', {
    details: notStarted,
    latestCancelRequestedEventId: requested.eventId ?? 0,
    scheduledEventId,
    identity,
  });
  needTask();
};

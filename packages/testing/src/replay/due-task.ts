import { EventType, type HistoryEvent } from '@reprise/worker/replay';

import type { RecordedHistory } from '../corpus/recorded-history.ts';

/**
 * The events of an open run, with the workflow task that is due: scheduled and not started, or failed and to be tried
 * again. Code that fails in it is code that the run would be stuck with. What it asks for there is new work.
 */
export function withDueTask({ events, isClosed }: RecordedHistory): readonly HistoryEvent[] {
  if (isClosed) return events;
  const last = events.findLast(({ eventType }) => TASK_EVENTS.has(eventType ?? 0));
  const isDue = last === undefined || DUE.has(last.eventType ?? 0);
  if (!isDue) return events;
  const eventTime = events.at(-1)?.eventTime;
  const isScheduled = last?.eventType === EventType.WorkflowTaskScheduled;
  const scheduledEventId = isScheduled ? (last.eventId ?? 0) : events.length + 1;
  const scheduled: HistoryEvent = {
    eventId: scheduledEventId,
    eventTime,
    eventType: EventType.WorkflowTaskScheduled,
    workflowTaskScheduledEventAttributes: {},
  };
  const started: HistoryEvent = {
    eventId: events.length + (isScheduled ? 1 : 2),
    eventTime,
    eventType: EventType.WorkflowTaskStarted,
    workflowTaskStartedEventAttributes: { scheduledEventId },
  };
  return isScheduled ? [...events, started] : [...events, scheduled, started];
}

const TASK_EVENTS: ReadonlySet<number> = new Set([
  EventType.WorkflowTaskScheduled,
  EventType.WorkflowTaskStarted,
  EventType.WorkflowTaskCompleted,
  EventType.WorkflowTaskFailed,
  EventType.WorkflowTaskTimedOut,
]);

const DUE: ReadonlySet<number> = new Set([
  EventType.WorkflowTaskScheduled,
  EventType.WorkflowTaskFailed,
  EventType.WorkflowTaskTimedOut,
]);

/** Gives ids to events that were held back: those that end something go last, and point at the start they belong to. */
import { eventKinds, eventName } from './event-kinds.ts';
import type { Execution } from './execution.ts';
import type { HistoryEvent } from './wire.ts';

export function numberBuffered(execution: Execution, held: readonly HistoryEvent[]): HistoryEvent[] {
  const first = held.filter((event) => !eventKinds[eventName(event)].last);
  const last = held.filter((event) => eventKinds[eventName(event)].last);
  const startedIds = new Map<number, number>();
  return [...first, ...last].map((event, index) => {
    const numbered: HistoryEvent = { ...event, eventId: execution.nextEventId + index };
    noteStart(numbered, startedIds);
    return withStart(numbered, startedIds);
  });
}

function noteStart(event: HistoryEvent, startedIds: Map<number, number>): void {
  const scheduledId =
    event.activityTaskStartedEventAttributes?.scheduledEventId ??
    event.childWorkflowExecutionStartedEventAttributes?.initiatedEventId;
  if (scheduledId) startedIds.set(scheduledId, event.eventId ?? 0);
}

const activityEnds = [
  'activityTaskCompletedEventAttributes',
  'activityTaskFailedEventAttributes',
  'activityTaskTimedOutEventAttributes',
  'activityTaskCanceledEventAttributes',
] as const;

const childEnds = [
  'childWorkflowExecutionCompletedEventAttributes',
  'childWorkflowExecutionFailedEventAttributes',
  'childWorkflowExecutionCanceledEventAttributes',
  'childWorkflowExecutionTimedOutEventAttributes',
  'childWorkflowExecutionTerminatedEventAttributes',
] as const;

/** The start may be in the same flush, or was numbered by an earlier one and is told by the attributes already. */
function withStart(event: HistoryEvent, startedIds: Map<number, number>): HistoryEvent {
  for (const field of activityEnds) {
    const attributes = event[field];
    const started = startedIds.get(attributes?.scheduledEventId ?? -1);
    if (attributes && started) return { ...event, [field]: { ...attributes, startedEventId: started } };
  }
  for (const field of childEnds) {
    const attributes = event[field];
    const started = startedIds.get(attributes?.initiatedEventId ?? -1);
    if (attributes && started) return { ...event, [field]: { ...attributes, startedEventId: started } };
  }
  return event;
}

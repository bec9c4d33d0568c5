import { EventType, type HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import { shiftActivityNumbers } from './activity-order.ts';
import { deleteStep } from './delete-step.ts';
import type { EditedHistory, EditedItem } from './edited-history.ts';
import { inventedEvents } from './invented-events.ts';

export interface Insertion {
  /** The key of the item before which the step goes; the end of the history when there is none. */
  readonly before: number | undefined;
  readonly intent: Intent;
  /** A step of the recording that happened later, and is taken to have happened here. */
  readonly movedFrom?: number;
  /** What an invented activity, child or operation returns. */
  readonly result?: 'nothing' | 'emptyObject';
}

/** The history as if the step had been asked for, and had come out well, before the item `before`. */
export function insertStep(history: EditedHistory, insertion: Insertion): EditedHistory {
  const moved = insertion.movedFrom === undefined ? undefined : deleteStep(history, insertion.movedFrom);
  const base = moved?.history ?? history;
  const found = base.items.findIndex(({ key }) => key === insertion.before);
  const at = found < 0 ? base.items.length : found;
  const nextKey = { value: history.nextKey };
  const time = base.items[Math.max(0, at - 1)]?.event.eventTime;
  const steps = moved === undefined ? invented(insertion, nextKey) : movedItems(moved.items, insertion.intent);
  const dated = (item: EditedItem): EditedItem => ({ ...item, event: { ...item.event, eventTime: time } });
  const needsTask = steps.length > 1;
  const added = [...steps, ...(needsTask ? taskItems(nextKey) : [])].map(dated);
  const takesNumber = insertion.intent.kind === 'scheduleActivity' || insertion.intent.kind === 'scheduleLocalActivity';
  const after = takesNumber ? shiftActivityNumbers(base.items, at, 1) : base.items;
  return { items: [...after.slice(0, at), ...added, ...after.slice(at)], nextKey: nextKey.value };
}

interface KeySource {
  value: number;
}

/** The task in which the code learns what came of the step. */
function taskItems(nextKey: KeySource): EditedItem[] {
  const scheduledEventId = nextKey.value++;
  const startedEventId = nextKey.value++;
  return [
    item(scheduledEventId, { eventType: EventType.WorkflowTaskScheduled, workflowTaskScheduledEventAttributes: {} }),
    item(startedEventId, {
      eventType: EventType.WorkflowTaskStarted,
      workflowTaskStartedEventAttributes: { scheduledEventId },
    }),
    item(nextKey.value++, {
      eventType: EventType.WorkflowTaskCompleted,
      workflowTaskCompletedEventAttributes: { scheduledEventId, startedEventId },
    }),
  ];
}

function invented({ intent, result }: Insertion, nextKey: KeySource): EditedItem[] {
  const commandKey = nextKey.value++;
  const events = inventedEvents(intent, { commandKey, result: result ?? 'nothing' });
  return events.map((event, index) => item(index === 0 ? commandKey : nextKey.value++, event));
}

/** What was recorded, under the number that the activity has now. */
function movedItems(items: readonly EditedItem[], intent: Intent): EditedItem[] {
  return items.map((moved) => {
    const scheduled = moved.event.activityTaskScheduledEventAttributes;
    if (!scheduled || intent.kind !== 'scheduleActivity') return moved;
    const attributes = { ...scheduled, activityId: intent.activityId };
    return { ...moved, event: { ...moved.event, activityTaskScheduledEventAttributes: attributes } };
  });
}

function item(key: number, event: HistoryEvent): EditedItem {
  return { key, event: { ...event, eventId: key } };
}

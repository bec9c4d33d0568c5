import { EventType, type HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import { deleteStep, type TakenOut } from './delete-step.ts';
import { isSameStep, nowStep, recordedStep } from '../diagnose/step.ts';
import { type EditedHistory, type EditedItem, refersTo } from './edited-history.ts';
import { asOutcomeOf, type InventedOutcome, inventedEvents } from './invented-events.ts';
import { numberedKind, shiftNumbers } from './step-numbers.ts';

export interface Insertion {
  /** The key of the item before which the step goes; the end of the history when there is none. */
  readonly before: number | undefined;
  readonly intent: Intent;
  /** A step of the recording that happened later, and is taken to have happened here. */
  readonly movedFrom?: number;
  /** Whether what came of a moved step moves as well, or stays where it was. */
  readonly withOutcome?: boolean;
  /** What an invented activity, child or operation returns. */
  readonly result?: InventedOutcome | 'asRecorded';
}

/** The history as if the step had been asked for, and had come out well, before the item `before`. */
export function insertStep(history: EditedHistory, insertion: Insertion): EditedHistory {
  const moved = insertion.movedFrom === undefined ? undefined : takeOut(history, insertion.movedFrom, insertion);
  const base = moved?.history ?? history;
  const found = base.items.findIndex(({ key }) => key === insertion.before);
  const at = found < 0 ? base.items.length : found;
  const nextKey = { value: history.nextKey };
  const time = base.items[Math.max(0, at - 1)]?.event.eventTime;
  const steps = moved === undefined ? invented(insertion, nextKey, base) : movedItems(moved.items, insertion.intent);
  const dated = (item: EditedItem): EditedItem => ({ ...item, event: { ...item.event, eventTime: time } });
  const needsTask = steps.length > 1;
  const added = [...steps, ...(needsTask ? taskItems(nextKey) : [])].map(dated);
  const kind = steps[0] === undefined ? undefined : numberedKind(steps[0].event);
  const after = kind === undefined ? base.items : shiftNumbers(base.items, kind, { from: at, by: 1 });
  return { items: [...after.slice(0, at), ...added, ...after.slice(at)], nextKey: nextKey.value };
}

function takeOut(history: EditedHistory, key: number, { withOutcome = true }: Insertion): TakenOut {
  const whole = deleteStep(history, key);
  if (withOutcome) return whole;
  const [command, ...outcome] = whole.items;
  const order = new Map(history.items.map(({ key: each }, index) => [each, index]));
  const orderOf = ({ key: each }: EditedItem): number => order.get(each) ?? 0;
  const left = [...whole.history.items, ...outcome].sort((a, b) => orderOf(a) - orderOf(b));
  return { items: command === undefined ? [] : [command], history: { ...whole.history, items: left } };
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

function invented({ intent, result, before }: Insertion, nextKey: KeySource, { items }: EditedHistory): EditedItem[] {
  const commandKey = nextKey.value++;
  if (result === 'asRecorded') {
    const outcome = recordedOutcome(intent, items, before);
    const [command] = inventedEvents(intent, { commandKey, result: 'nothing', timerOf: () => undefined });
    if (outcome === undefined || command === undefined) return [];
    return [item(commandKey, command), item(nextKey.value++, asOutcomeOf(outcome, commandKey))];
  }
  const timerOf = (timerId: string): number | undefined =>
    items.find(({ event }) => event.timerStartedEventAttributes?.timerId === timerId)?.key;
  const events = inventedEvents(intent, { commandKey, result: result ?? 'nothing', timerOf });
  return events.map((event, index) => item(index === 0 ? commandKey : nextKey.value++, event));
}

/** What became of a call of the same name: the last one before, or else the first one after. */
function recordedOutcome(
  intent: Intent,
  items: readonly EditedItem[],
  before: number | undefined,
): HistoryEvent | undefined {
  const step = nowStep(intent);
  if (step.kind !== 'activity') return undefined;
  const at = items.findIndex(({ key }) => key === before);
  const outcomes = items.flatMap(({ key, event }, index) => {
    const recorded = recordedStep(event);
    if (recorded === undefined || !isSameStep(recorded, step)) return [];
    const last = items.findLast((each) => refersTo(each.event, key) && ACTIVITY_ENDS.has(each.event.eventType ?? 0));
    return last === undefined ? [] : [{ index, event: last.event }];
  });
  return (outcomes.findLast(({ index }) => index < at) ?? outcomes[0])?.event;
}

const ACTIVITY_ENDS: ReadonlySet<number> = new Set([
  EventType.ActivityTaskCompleted,
  EventType.ActivityTaskFailed,
  EventType.ActivityTaskTimedOut,
]);

/** What was recorded, under the number that the activity has now. */
function movedItems(items: readonly EditedItem[], intent: Intent): EditedItem[] {
  return items.map((moved) => {
    const { timerStartedEventAttributes: timer, activityTaskScheduledEventAttributes: scheduled } = moved.event;
    if (timer && intent.kind === 'startTimer') {
      const attributes = { ...timer, timerId: String(intent.seq) };
      return { ...moved, event: { ...moved.event, timerStartedEventAttributes: attributes } };
    }
    if (!scheduled || intent.kind !== 'scheduleActivity') return moved;
    const attributes = { ...scheduled, activityId: intent.activityId };
    return { ...moved, event: { ...moved.event, activityTaskScheduledEventAttributes: attributes } };
  });
}

function item(key: number, event: HistoryEvent): EditedItem {
  return { key, event: { ...event, eventId: key } };
}

import type { HistoryEvent } from '@reprise/worker/replay';

import { localActivityData, localActivityTypeOf } from '../diagnose/markers.ts';
import type { EditedItem } from './edited-history.ts';

const encoder = new TextEncoder();

/** Steps that are numbered in the order in which they are asked for, each kind by itself. */
export type NumberedKind = 'activity' | 'timer';

/** Which numbering an event takes part in. */
export function numberedKind(event: HistoryEvent): NumberedKind | undefined {
  if (event.timerStartedEventAttributes) return 'timer';
  if (event.activityTaskScheduledEventAttributes || localActivityTypeOf(event) !== undefined) return 'activity';
  return undefined;
}

/**
 * The numbers are the ids of timers, and of activities unless the code gives ids of its own. A step more or less renumbers
 * those after it.
 */
export function shiftNumbers(
  items: readonly EditedItem[],
  kind: NumberedKind,
  { from, by }: { from: number; by: number },
): EditedItem[] {
  return items.map((item, index) =>
    index < from || numberedKind(item.event) !== kind ? item : { ...item, event: shifted(item.event, by) },
  );
}

function shifted(event: HistoryEvent, by: number): HistoryEvent {
  const timer = event.timerStartedEventAttributes;
  if (timer) return { ...event, timerStartedEventAttributes: { ...timer, timerId: shiftedNumber(timer.timerId, by) } };
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (scheduled) {
    const activityId = shiftedNumber(scheduled.activityId, by);
    return { ...event, activityTaskScheduledEventAttributes: { ...scheduled, activityId } };
  }
  return shiftedMarker(event, by);
}

function shiftedNumber(id: string | null | undefined, by: number): string {
  return /^\d+$/.test(id ?? '') ? String(Number(id) + by) : (id ?? '');
}

function shiftedMarker(event: HistoryEvent, by: number): HistoryEvent {
  const data = localActivityData(event);
  return withMarkerData(event, {
    ...data,
    seq: (data.seq ?? 0) + by,
    activity_id: shiftedNumber(data.activity_id, by),
  });
}

/** The event with another value in the marker's `data`. */
export function withMarkerData(event: HistoryEvent, value: object, detail = 'data'): HistoryEvent {
  const marker = event.markerRecordedEventAttributes;
  const payloads = [
    { metadata: { encoding: encoder.encode('json/plain') }, data: encoder.encode(JSON.stringify(value)) },
  ];
  return {
    ...event,
    markerRecordedEventAttributes: { ...marker, details: { ...marker?.details, [detail]: { payloads } } },
  };
}

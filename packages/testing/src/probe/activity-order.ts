import type { HistoryEvent } from '@reprise/worker/replay';

import { localActivityTypeOf, markerDetail } from '../diagnose/markers.ts';
import type { EditedItem } from './edited-history.ts';

const encoder = new TextEncoder();

/**
 * Activities are numbered in the order in which they are asked for, and the numbers are their ids unless the code gives
 * ids of its own. A step more or less renumbers those after it.
 */
export function shiftActivityNumbers(items: readonly EditedItem[], from: number, by: number): EditedItem[] {
  return items.map((item, index) => (index < from ? item : shifted(item, by)));
}

export function takesActivityNumber(event: HistoryEvent): boolean {
  return event.activityTaskScheduledEventAttributes !== undefined || localActivityTypeOf(event) !== undefined;
}

function shifted(item: EditedItem, by: number): EditedItem {
  const { event } = item;
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (scheduled) {
    const activityId = shiftedNumber(scheduled.activityId, by);
    return { ...item, event: { ...event, activityTaskScheduledEventAttributes: { ...scheduled, activityId } } };
  }
  return localActivityTypeOf(event) === undefined ? item : { ...item, event: shiftedMarker(event, by) };
}

function shiftedNumber(id: string | null | undefined, by: number): string {
  return /^\d+$/.test(id ?? '') ? String(Number(id) + by) : (id ?? '');
}

function shiftedMarker(event: HistoryEvent, by: number): HistoryEvent {
  const data = JSON.parse(markerDetail(event, 'data') ?? '{}') as { seq?: number; activity_id?: string };
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

import { EventType, type HistoryEvent } from '@reprise/worker/replay';

const decoder = new TextDecoder();

/** A detail of a marker as text. */
export function markerDetail(event: HistoryEvent, name: string): string | undefined {
  const data = event.markerRecordedEventAttributes?.details?.[name]?.payloads?.[0]?.data;
  return data === null || data === undefined ? undefined : decoder.decode(data);
}

/** The search attribute that goes with a patch. */
export function isChangeVersionUpsert(event: HistoryEvent | undefined): boolean {
  const fields = event?.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields;
  return fields?.['TemporalChangeVersion'] !== undefined;
}

function isMarker(event: HistoryEvent, name: string): boolean {
  return event.eventType === EventType.MarkerRecorded && event.markerRecordedEventAttributes?.markerName === name;
}

export function patchOf(event: HistoryEvent): { patchId: string; deprecated: boolean } | undefined {
  if (!isMarker(event, 'core_patch')) return undefined;
  const text = markerDetail(event, 'patch-data');
  if (text === undefined) return { patchId: markerDetail(event, 'patch_id') ?? '', deprecated: false };
  const { id, deprecated } = parse(text) as { id?: string; deprecated?: boolean };
  return { patchId: id ?? '', deprecated: deprecated === true };
}

/** What a marker of a local activity says of it. */
export function localActivityData(event: HistoryEvent): LocalActivityData {
  return parse(markerDetail(event, 'data') ?? '{}') as LocalActivityData;
}

interface LocalActivityData {
  readonly seq?: number;
  readonly activity_id?: string;
  readonly activity_type?: string;
}

export function localActivityTypeOf(event: HistoryEvent): string | undefined {
  if (!isMarker(event, 'core_local_activity')) return undefined;
  return localActivityData(event).activity_type ?? '';
}

/** A marker that cannot be read is for the machine to complain about, not for a report. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The two kinds of marker that have a meaning here: patches, and outcomes of local activities. */
import { decodeUtf8, encodeUtf8, fromWallPayload, toWallFailure, type Payload } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { ActivityResolution } from '@reprise/workflow/runtime';
import type { LocalActivityRecord } from './command-request.ts';
import { EventType, type HistoryEvent } from './event-type.ts';
import { mismatch } from './nondeterminism.ts';
import { spanMs, spanOfMs } from './wall-time.ts';
import { firstWallPayload, wireFailure } from './wall-values.ts';

type MarkerAttributes = temporal.api.command.v1.RecordMarkerCommandAttributes;

const PATCH = 'core_patch';
const LOCAL_ACTIVITY = 'core_local_activity';
export const CHANGE_VERSION = 'TemporalChangeVersion';
/** The server refuses longer search attribute values. */
const MAX_CHANGE_VERSION_BYTES = 2048;

export interface PatchMarker {
  readonly patchId: string;
  readonly deprecated: boolean;
}

export interface LocalActivityMarker {
  readonly seq: number;
  readonly activityId: string;
  readonly activityType: string;
  readonly completeTimeMs: number;
  readonly resolution: ActivityResolution;
}

function jsonPayload(value: unknown, metadata: Record<string, string> = {}): Payload {
  const fields = Object.entries({ encoding: 'json/plain', ...metadata });
  return {
    metadata: Object.fromEntries(fields.map(([key, text]) => [key, encodeUtf8(text)])),
    data: encodeUtf8(JSON.stringify(value)),
  };
}

function textOf(details: MarkerAttributes['details'], key: string): string | undefined {
  const data = details?.[key]?.payloads?.[0]?.data;
  return data === null || data === undefined ? undefined : decodeUtf8(data);
}

function parseData(text: string, event: HistoryEvent): unknown {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null) return data;
  } catch {
    // Reported below.
  }
  return mismatch('invalid-history', `The data of the marker in event ${event.eventId ?? 0} is no JSON object`, {
    event,
  });
}

export function patchMarkerOf(event: HistoryEvent): PatchMarker | undefined {
  if (event.eventType !== EventType.MarkerRecorded) return undefined;
  const marker = event.markerRecordedEventAttributes;
  if (marker?.markerName !== PATCH) return undefined;
  const text = textOf(marker.details, 'patch-data');
  if (text !== undefined) {
    const { id, deprecated } = parseData(text, event) as { id?: string; deprecated?: boolean };
    return { patchId: id ?? '', deprecated: deprecated === true };
  }
  const deprecated = marker.details?.['deprecated']?.payloads?.[0]?.data;
  return { patchId: textOf(marker.details, 'patch_id') ?? '', deprecated: deprecated?.[0] === 1 };
}

export function isChangeVersionUpsert(event: HistoryEvent | undefined): boolean {
  if (event?.eventType !== EventType.UpsertWorkflowSearchAttributes) return false;
  const fields = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields;
  return fields?.[CHANGE_VERSION] !== undefined;
}

export function isLocalActivityMarker(event: HistoryEvent): boolean {
  return (
    event.eventType === EventType.MarkerRecorded && event.markerRecordedEventAttributes?.markerName === LOCAL_ACTIVITY
  );
}

interface MarkerData {
  seq?: number;
  attempt?: number;
  activity_id?: string;
  activity_type?: string;
  complete_time?: { seconds: number; nanos: number } | null;
  backoff?: { seconds: number; nanos: number } | null;
  original_schedule_time?: { seconds: number; nanos: number } | null;
}

/** The id of the local activity that a marker is of; undefined for other markers. */
export function localActivityIdOf(marker: Pick<MarkerAttributes, 'markerName' | 'details'>): string | undefined {
  if (marker.markerName !== LOCAL_ACTIVITY) return undefined;
  const text = textOf(marker.details, 'data');
  return text === undefined ? '' : ((JSON.parse(text) as MarkerData).activity_id ?? '');
}

export function localActivityMarkerOf(event: HistoryEvent): LocalActivityMarker {
  const marker = event.markerRecordedEventAttributes;
  const text = textOf(marker?.details, 'data');
  if (text === undefined) {
    mismatch('invalid-history', `Local activity marker ${event.eventId ?? 0} carries no data`, { event });
  }
  const data = parseData(text, event) as MarkerData;
  return {
    seq: data.seq ?? 0,
    activityId: data.activity_id ?? '',
    activityType: data.activity_type ?? '',
    completeTimeMs: spanMs(data.complete_time) ?? 0,
    resolution: resolutionOf(event, data),
  };
}

function resolutionOf(event: HistoryEvent, data: MarkerData): ActivityResolution {
  const marker = event.markerRecordedEventAttributes;
  const backoffMs = spanMs(data.backoff);
  if (backoffMs !== undefined) {
    const scheduled = spanMs(data.original_schedule_time);
    const since = scheduled === undefined ? {} : { originalScheduleTimeMs: scheduled };
    return { status: 'backoff', attempt: (data.attempt ?? 1) + 1, backoffMs, ...since };
  }
  if (marker?.failure) {
    const failure = toWallFailure(marker.failure);
    return failure.canceledFailureInfo ? { status: 'cancelled', failure } : { status: 'failed', failure };
  }
  const result = firstWallPayload(marker?.details?.['result']);
  return result === undefined ? { status: 'completed' } : { status: 'completed', result };
}

export function patchMarker({ patchId, deprecated }: PatchMarker): MarkerAttributes {
  return {
    markerName: PATCH,
    details: { 'patch-data': { payloads: [jsonPayload({ id: patchId, deprecated })] } },
  };
}

/** The value of the search attribute that names every patch of a run; undefined when it is too long to be stored. */
export function changeVersionPayload(patchIds: readonly string[]): Payload | undefined {
  const payload = jsonPayload([...patchIds], { type: 'KeywordList' });
  return (payload.data?.length ?? 0) >= MAX_CHANGE_VERSION_BYTES ? undefined : payload;
}

export function localActivityMarker(record: LocalActivityRecord): MarkerAttributes {
  const data = jsonPayload({
    seq: record.seq,
    attempt: record.attempt,
    activity_id: record.activityId,
    activity_type: record.activityType,
    complete_time: spanOfMs(record.completeTimeMs),
    backoff: record.backoffMs === undefined ? null : spanOfMs(record.backoffMs),
    original_schedule_time: spanOfMs(record.originalScheduleTimeMs),
  });
  return {
    markerName: LOCAL_ACTIVITY,
    details: {
      data: { payloads: [data] },
      ...(record.result === undefined ? {} : { result: { payloads: [fromWallPayload(record.result)] } }),
    },
    ...(record.failure === undefined ? {} : { failure: wireFailure(record.failure) }),
  };
}

import type { temporal } from '@reprise/proto';

import { failureText } from './failure-text.ts';
import { payloadsText } from './payload-text.ts';

type Marker = temporal.api.history.v1.MarkerRecordedEventAttributes;

/** Markers by what they mean; an unknown one by its name. */
export function markerText(marker: Marker | null | undefined): { what: string; detail: string } {
  const details = marker?.details ?? {};
  const facts = (name: string): Record<string, unknown> => {
    const text = payloadsText(details[name]?.payloads);
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch {
      return {};
    }
  };
  if (marker?.markerName === 'core_patch') {
    const { id, deprecated } = facts('patch-data');
    return { what: `patch ${String(id)}`, detail: deprecated === true ? 'deprecated' : '' };
  }
  if (marker?.markerName === 'core_local_activity') {
    const { activity_type: type } = facts('data');
    const outcome = marker.failure
      ? `failed: ${failureText(marker.failure)}`
      : `-> ${payloadsText(details['result']?.payloads)}`;
    return { what: `local activity ${String(type)}`, detail: outcome };
  }
  return { what: `marker ${marker?.markerName ?? ''}`, detail: '' };
}

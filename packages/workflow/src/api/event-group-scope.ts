import type { EventGroupRef } from '../intents.ts';
import { captureFrame, runWith } from '../scope/async-scope.ts';
import type { EventGroupMarker } from './event-group-marker.ts';

/** The groups that code is in: that of the signal or update being handled, and those that workflow code opened. */
type Groups = readonly EventGroupRef[];

/** The group of everything that handling one signal or update asks for. */
export function implicitGroup(of: { eventId: number } | { updateId: string }): Groups {
  return ['eventId' in of ? { inboundEventId: of.eventId } : { inboundUpdateId: of.updateId }];
}

/** The groups of the calling code. */
export function currentGroups(): Groups | undefined {
  return captureFrame().group as Groups | undefined;
}

/** The groups of the calling code and those of the markers; one that is there already is not added again. */
export function groupsWith(markers: readonly EventGroupMarker[] | undefined): Groups | undefined {
  const groups = currentGroups();
  if (markers === undefined || markers.length === 0) return groups;
  const known = groups ?? [];
  const isNew = ({ id }: EventGroupMarker): boolean => !known.some((group) => 'id' in group && group.id === id);
  return [...known, ...markers.filter(isNew).map(({ id, label }) => ({ id, label }))];
}

/** Runs `fn` in the groups of the markers too. */
export function withGroups<T>(markers: readonly EventGroupMarker[] | undefined, fn: () => T): T {
  return markers === undefined ? fn() : runWith({ group: groupsWith(markers) }, fn);
}

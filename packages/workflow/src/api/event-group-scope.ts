import type { EventGroupRef } from '../intents.ts';
import { captureFrame, runWith } from '../scope/async-scope.ts';

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

/** Runs `fn` with more groups around it; one that is there already is not added again. */
export function withGroups<T>(more: Groups, fn: () => T): T {
  const groups = currentGroups() ?? [];
  const isNew = (group: EventGroupRef): boolean =>
    !groups.some((known) => 'id' in known && 'id' in group && known.id === group.id);
  return runWith({ group: [...groups, ...more.filter(isNew)] }, fn);
}

import { captureFrame } from '../scope/async-scope.ts';
import type { EventGroupRef } from '../intents.ts';

/** The groups that the calling code is in: those of scopes, and that of the signal or update being handled. */
export interface GroupFrame {
  readonly implicit: EventGroupRef | undefined;
  readonly explicit: readonly EventGroupRef[];
}

/** The group of everything that handling one signal or update asks for. */
export function implicitGroup(of: { eventId: number } | { updateId: string }): GroupFrame {
  return { implicit: 'eventId' in of ? { inboundEventId: of.eventId } : { inboundUpdateId: of.updateId }, explicit: [] };
}

/** The groups of the calling code. */
export function currentGroups(): GroupFrame | undefined {
  return captureFrame().group as GroupFrame | undefined;
}

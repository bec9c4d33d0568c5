import type { HistoryEvent, Link, UserMetadata } from './wire.ts';

/** What an event has besides its attributes. */
export interface EventExtras {
  /** Its time, when that is not now: what was reckoned from a time must carry that very time. */
  readonly timeMs?: number;
  readonly links?: readonly Link[] | null | undefined;
  readonly userMetadata?: UserMetadata | null | undefined;
  readonly workerMayIgnore?: boolean;
  readonly eventGroupMarkers?: HistoryEvent['eventGroupMarkers'];
}

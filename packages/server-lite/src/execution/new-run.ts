/** A run that is to be created: what its first event needs, and what happens to it at once. */
import type { EventExtras } from './event-extras.ts';
import type { RunRef } from './run-ref.ts';
import type { HistoryEvent, StartedAttributes } from './wire.ts';

export interface NewRun {
  readonly run: Omit<RunRef, 'key'>;
  readonly createRequestId: string;
  readonly attributes: StartedAttributes;
  readonly extras: EventExtras;
}

/** The first events of a run that is made by reset: a copy of another's. */
export interface CopiedRun {
  readonly run: Omit<RunRef, 'key'>;
  readonly createRequestId: string;
  readonly events: readonly HistoryEvent[];
}

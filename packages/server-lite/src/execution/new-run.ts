/** A run that is to be created: what its first event needs, and what happens to it at once. */
import type { EventExtras } from './event-extras.ts';
import type { RunRef } from './run-ref.ts';
import type { StartedAttributes } from './wire.ts';

export interface NewRun {
  readonly run: Omit<RunRef, 'key'>;
  readonly createRequestId: string;
  readonly attributes: StartedAttributes;
  readonly extras: EventExtras;
}

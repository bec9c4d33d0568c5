import { brandError } from '@reprise/common';
import type { ActivityResolution } from '../jobs.ts';

type Backoff = Extract<ActivityResolution, { status: 'backoff' }>;

/** A local activity waits longer than its worker does; a timer of the workflow takes over. Interceptors may see it. */
export class LocalActivityDoBackoff extends Error {
  readonly backoff: Backoff;
  constructor(backoff: Backoff) {
    super();
    this.backoff = backoff;
  }
  static {
    brandError(this, 'LocalActivityDoBackoff');
  }
}

/** What is known of a workflow update. */
import type { Failure, UpdateOutcome, UpdateRequest } from './wire.ts';

export interface Update {
  readonly updateId: string;
  readonly state: 'admitted' | 'sent' | 'accepted' | 'completed';
  readonly request: UpdateRequest | undefined;
  /** Of the UpdateAdmitted event, when reset wrote one. */
  readonly admittedEventId: number;
  readonly acceptedEventId: number;
  readonly completedEventId: number;
  readonly outcome: UpdateOutcome | undefined;
}

/** How an update ended of which nothing stays. */
export type UpdateEnd =
  | { readonly kind: 'rejected'; readonly failure: Failure }
  /** The workflow task that it was sent with was refused. */
  | { readonly kind: 'aborted' };

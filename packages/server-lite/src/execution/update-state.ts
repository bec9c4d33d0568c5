/** What is known of a workflow update. */
import type { UpdateOutcome, UpdateRequest } from './wire.ts';

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

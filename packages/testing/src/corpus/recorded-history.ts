import type { temporal } from '@reprise/proto';

export type HistoryEvent = temporal.api.history.v1.HistoryEvent;

/** One run as it was recorded: complete from its first event on, ready to replay. */
export interface RecordedHistory {
  /** How reports call it: the workflow id, or the file it came from. */
  readonly name: string;
  /** Absent for histories from memory. */
  readonly file?: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  /** Ends with an event that closes the run. */
  readonly isClosed: boolean;
  readonly events: readonly HistoryEvent[];
}

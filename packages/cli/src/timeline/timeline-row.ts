import type { temporal } from '@reprise/proto';

export type HistoryEvent = temporal.api.history.v1.HistoryEvent;

export interface TimelineRow {
  readonly eventId: number;
  /** Since the run began. */
  readonly atMs: number;
  /** Such as `activity charge`. */
  readonly what: string;
  /** Arguments, or what else it began with. */
  detail: string;
  /** Until it ended; absent while it is under way, and for what has no length. */
  durationMs?: number;
  /** How it ended. */
  outcome?: string;
  isFailure?: boolean;
  attempts?: number;
}

/** Rows under way, by the event that began them. */
export interface TimelineBuilder {
  begin(event: HistoryEvent, what: string, detail?: string): TimelineRow;
  /** Finds the row that the event `id` began, and notes how it ended. */
  end(event: HistoryEvent, id: number | null | undefined, outcome: TimelineOutcome): void;
  find(id: number | null | undefined): TimelineRow | undefined;
}

export interface TimelineOutcome {
  text: string;
  isFailure?: boolean;
}

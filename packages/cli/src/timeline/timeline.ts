/**
 * A history as rows that a person reads: one row for everything that happened to an activity, a timer, a child and so on,
 * at the place where it began. Workflow tasks are left out unless they went wrong.
 */
import { EventType, type temporal } from '@reprise/proto';

import { EVENT_READERS } from './event-readers.ts';

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

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  readonly workflowTasks: number;
  readonly durationMs: number;
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

export function buildTimeline(events: readonly HistoryEvent[]): Timeline {
  const startMs = timeOf(events[0]);
  const byId = new Map<number, TimelineRow>();
  const rows: TimelineRow[] = [];
  const builder: TimelineBuilder = {
    begin(event, what, detail = '') {
      const row: TimelineRow = { eventId: event.eventId ?? 0, atMs: timeOf(event) - startMs, what, detail };
      byId.set(row.eventId, row);
      rows.push(row);
      return row;
    },
    end(event, id, { text, isFailure }) {
      const row = byId.get(id ?? 0);
      if (row === undefined) return;
      row.durationMs = timeOf(event) - startMs - row.atMs;
      row.outcome = text;
      if (isFailure === true) row.isFailure = true;
    },
    find: (id) => byId.get(id ?? 0),
  };
  for (const event of events) EVENT_READERS.get(event.eventType ?? 0)?.(event, builder);
  return {
    rows,
    workflowTasks: events.filter(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED).length,
    durationMs: timeOf(events.at(-1)) - startMs,
  };
}

function timeOf(event: HistoryEvent | undefined): number {
  const { seconds, nanos } = event?.eventTime ?? {};
  return (seconds ?? 0) * 1000 + (nanos ?? 0) / 1e6;
}

/**
 * A history as rows that a person reads: one row for everything that happened to an activity, a timer, a child and so on,
 * at the place where it began. Workflow tasks are left out unless they went wrong.
 */
import { EventType } from '@reprise/proto';

import { EVENT_READERS } from './event-readers.ts';
import type { HistoryEvent, TimelineBuilder, TimelineRow } from './timeline-row.ts';

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  readonly workflowTasks: number;
  readonly durationMs: number;
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

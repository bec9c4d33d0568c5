import type { Style } from '@reprise/testing/replay';
import { durationText } from './durations.ts';
import type { TimelineRow } from './timeline-row.ts';
import type { Timeline } from './timeline.ts';

export interface TimelineHeader {
  workflowType: string;
  workflowId: string;
  runId: string;
  taskQueue: string;
  startTime: string;
  eventCount: number;
  /** Such as `completed`; undefined while it runs. */
  ending: string | undefined;
}

export function renderTimeline(
  timeline: Timeline,
  header: TimelineHeader,
  { style, columns }: { style: Style; columns: number },
): string {
  const ending =
    header.ending === undefined ? 'is running' : `${header.ending} after ${durationText(timeline.durationMs)}`;
  const counts = `${header.eventCount} events, ${timeline.workflowTasks} workflow tasks`;
  const idWidth = Math.max(...timeline.rows.map(({ eventId }) => String(eventId).length), 2);
  const timeWidth = Math.max(...timeline.rows.map((row) => offsetText(row.atMs).length));
  const whatWidth = Math.min(40, Math.max(...timeline.rows.map(({ what }) => what.length)));
  return [
    `${style.bold(header.workflowType)}  ${header.workflowId}  ${ending}`,
    style.dim(`run ${header.runId}  task queue ${header.taskQueue}  ${header.startTime}  ${counts}`),
    '',
    ...timeline.rows.map((row) => {
      const head = `${String(row.eventId).padStart(idWidth)}  ${offsetText(row.atMs).padStart(timeWidth)}  `;
      const text = cut(rowText(row), Math.max(30, columns - head.length - whatWidth - 2));
      const what = row.what.padEnd(whatWidth);
      return `${style.dim(head)}${row.isFailure === true ? style.red(what) : what}  ${text}`.trimEnd();
    }),
  ].join('\n');
}

function rowText(row: TimelineRow): string {
  const took = row.durationMs === undefined ? '' : durationText(row.durationMs);
  const attempts = row.attempts === undefined ? '' : `attempt ${row.attempts}`;
  return [row.detail, took, attempts, row.outcome ?? ''].filter((part) => part !== '').join('  ');
}

function offsetText(ms: number): string {
  return `+${(ms / 1000).toFixed(3)}`;
}

function cut(text: string, width: number): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  return line.length <= width ? line : `${line.slice(0, width - 3)}...`;
}

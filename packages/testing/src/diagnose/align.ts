import type { EditedItem } from '../probe/edited-history.ts';
import type { Explanation } from '../probe/explain-difference.ts';
import { isChangeVersionUpsert } from './markers.ts';
import type { AlignmentRow, CurrentStep, RecordedStep } from './finding.ts';
import { recordedSide, currentSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';

/** Both sides in order, as far as the explanation carries: what is the same, and what differs. */
export function align(
  { edits, history, result }: Explanation,
  recording: readonly EditedItem[],
  source: SourceLookup,
): AlignmentRow[] {
  const deleted = edits.flatMap((edit) => (edit.kind === 'deleted' ? [edit.key] : [])).sort((a, b) => a - b);
  const inserted = new Set(edits.flatMap((edit) => (edit.kind === 'inserted' ? [edit.movedFrom ?? edit.key] : [])));
  const renamed = new Set(edits.flatMap((edit) => (edit.kind === 'renamed' ? [edit.key] : [])));
  const rows: AlignmentRow[] = [];
  const takeDeletedBefore = (eventId: number): void => {
    while (deleted[0] !== undefined && deleted[0] < eventId) {
      const recorded = recordedOf(recording, deleted.shift());
      if (recorded !== undefined) rows.push({ kind: 'deleted', recorded });
    }
  };
  for (const { event, intent } of result.matches) {
    const item = history.items[(event.eventId ?? 0) - 1];
    if (item === undefined || isChangeVersionUpsert(item.recorded)) continue;
    const now = currentSide(intent, source);
    const recorded = item.recorded === undefined ? undefined : recordedSide(item.recorded);
    if (inserted.has(item.key)) {
      rows.push({ kind: 'inserted', now, ...(recorded === undefined ? {} : { recorded }) });
      continue;
    }
    if (recorded !== undefined) takeDeletedBefore(recorded.eventId);
    rows.push(row(renamed.has(item.key) ? 'changed' : 'same', recorded, now));
  }
  takeDeletedBefore(Infinity);
  return rows;
}

function row(kind: AlignmentRow['kind'], recorded: RecordedStep | undefined, now: CurrentStep): AlignmentRow {
  return recorded === undefined ? { kind, now } : { kind, recorded, now };
}

function recordedOf(recording: readonly EditedItem[], key: number | undefined): RecordedStep | undefined {
  const event = recording.find((item) => item.key === key)?.recorded;
  return event === undefined ? undefined : recordedSide(event);
}

const CONTEXT = 2;
const MOST_ROWS = 12;

/** The rows around what differs, few enough to be read. */
export function rowsAround(rows: readonly AlignmentRow[]): AlignmentRow[] {
  const first = rows.findIndex(({ kind }) => kind !== 'same');
  if (first < 0) return rows.slice(-CONTEXT);
  const last = rows.findLastIndex(({ kind }) => kind !== 'same');
  const from = Math.max(0, first - CONTEXT);
  return rows.slice(from, Math.min(last + CONTEXT + 1, from + MOST_ROWS));
}

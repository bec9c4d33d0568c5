import type { AlignmentRow } from '../diagnose/finding.ts';
import { stepText } from '../diagnose/step-text.ts';
import type { Style } from './style.ts';

const MARKS = { same: ' ', inserted: '+', deleted: '-', changed: '~' } as const;

/** Both sides of a history, recorded first, as a table. */
export function alignmentTable(rows: readonly AlignmentRow[], style: Style): string[] {
  const cells = rows.map((row) => ({
    row,
    recorded:
      row.kind === 'inserted' || row.recorded === undefined
        ? ''
        : `${String(row.recorded.eventId).padStart(4)}  ${stepText(row.recorded)}`,
    now: row.kind === 'deleted' || row.now === undefined ? '' : stepText(row.now),
  }));
  const left = Math.max('recorded'.length, ...cells.map(({ recorded }) => recorded.length));
  const right = Math.max('now'.length, ...cells.map(({ now }) => now.length));
  return [
    style.dim(`   ${'recorded'.padEnd(left)}     now`),
    ...cells.map(({ row, recorded, now }) => {
      const place =
        row.kind === 'deleted' || row.now?.place === undefined ? '' : `${row.now.place.file}:${row.now.place.line}`;
      const line = `   ${recorded.padEnd(left)}   ${MARKS[row.kind]} ${now.padEnd(right)}  ${place}`.trimEnd();
      return row.kind === 'same' ? line : style.yellow(line);
    }),
  ];
}

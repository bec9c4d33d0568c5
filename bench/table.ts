import type { Row } from './row.ts';

export interface Line {
  row: Row;
  ours: number | undefined;
  /** Measured in this run; absent where the recorded figure stands in. */
  published: number | undefined;
}

/** The figures as aligned text, with the goal and whether it is met. */
export function renderTable(lines: readonly Line[], againstPublished: boolean): string {
  const head = ['what', 'unit', 'reprise', 'goal', 'met', 'published', ...(againstPublished ? [''] : []), 'better by'];
  const rows = lines.map(({ row, ours, published }) => [
    row.what,
    row.unit,
    number(ours),
    number(row.goal),
    ours === undefined || Number.isNaN(ours) ? '' : meets(row, ours) ? 'yes' : 'no',
    number(published ?? row.recorded),
    ...(againstPublished ? [published === undefined ? '(recorded)' : ''] : []),
    ratio(row, ours, published ?? row.recorded),
  ]);
  return align([head, ...rows]);
}

function meets({ better, goal }: Row, value: number): boolean {
  return better === 'lower' ? value <= goal : value >= goal;
}

function ratio({ better }: Row, ours: number | undefined, theirs: number | undefined): string {
  if (ours === undefined || theirs === undefined || Number.isNaN(ours)) return '';
  return `${(better === 'lower' ? theirs / ours : ours / theirs).toFixed(1)} x`;
}

function number(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '-';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value
    .toPrecision(value < 0.01 ? 1 : 3)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

function align(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  const [head = [], ...body] = rows;
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...body.map(line)].join('\n');
}

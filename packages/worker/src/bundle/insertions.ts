/**
 * Text put into a source without moving its lines: every insertion is free of line breaks. Because of that a position in
 * the result is mapped back by subtraction alone, and the list can be kept in a cache on disk.
 */
export interface Insertion {
  /** Offset in the original text. */
  readonly at: number;
  text: string;
}

/** The text with all insertions in place; those at one offset keep the order in which they were made. */
export function insertAll(code: string, insertions: readonly Insertion[]): string {
  if (insertions.length === 0) return code;
  const parts: string[] = [];
  let from = 0;
  for (const insertion of [...insertions].sort((a, b) => a.at - b.at)) {
    if (insertion.text === '') continue;
    parts.push(code.slice(from, insertion.at), insertion.text);
    from = insertion.at;
  }
  parts.push(code.slice(from));
  return parts.join('');
}

/** What each line of the original text got: pairs of column and length, flat, in order. Lines without are absent. */
export type LineShifts = Record<number, number[]>;

export function lineShifts(code: string, insertions: readonly Insertion[]): LineShifts {
  const shifts: LineShifts = {};
  let line = 0;
  let lineStart = 0;
  let next = code.indexOf('\n');
  for (const { at, text } of [...insertions].sort((a, b) => a.at - b.at)) {
    if (text === '') continue;
    while (next !== -1 && next < at) {
      line++;
      lineStart = next + 1;
      next = code.indexOf('\n', lineStart);
    }
    (shifts[line] ??= []).push(at - lineStart, text.length);
  }
  return shifts;
}

/** The column in the original line for a column in the line with insertions. */
export function unshiftColumn(shifts: number[] | undefined, column: number): number {
  if (shifts === undefined) return column;
  let removed = 0;
  for (let i = 0; i < shifts.length; i += 2) {
    const at = (shifts[i] ?? 0) + removed;
    const length = shifts[i + 1] ?? 0;
    if (column < at) break;
    if (column < at + length) return at - removed;
    removed += length;
  }
  return column - removed;
}

/** The column in the line with insertions for a column in the original line. */
export function shiftColumn(shifts: number[] | undefined, column: number): number {
  if (shifts === undefined) return column;
  let added = 0;
  for (let i = 0; i < shifts.length; i += 2) {
    if ((shifts[i] ?? 0) > column) break;
    added += shifts[i + 1] ?? 0;
  }
  return column + added;
}

/**
 * Changes to a source that leave its lines where they are: text put in, and text taken out within a line. Because of that a
 * position in the result is mapped back by adding and subtracting, and the list can be kept in a cache on disk.
 */
export interface Edit {
  /** Offset in the original text. */
  readonly at: number;
  text: string;
  /** How many characters of the original are taken out from there on. */
  readonly removed?: number;
}

/** In the order of the text; those at one offset keep the order in which they were made. */
export function ordered(edits: readonly Edit[]): Edit[] {
  return edits.filter(({ text, removed }) => text !== '' || removed !== undefined).sort((a, b) => a.at - b.at);
}

export function applyEdits(code: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return code;
  const parts: string[] = [];
  let from = 0;
  for (const { at, text, removed = 0 } of ordered(edits)) {
    parts.push(code.slice(from, at), text);
    from = at + removed;
  }
  parts.push(code.slice(from));
  return parts.join('');
}

/** Takes a stretch of the text out, but for its line breaks, and puts `text` where it began. */
export function blankEdits(code: string, start: number, end: number, text = ''): Edit[] {
  const edits: Edit[] = [];
  for (let at = start; at < end;) {
    const lineEnd = code.indexOf('\n', at);
    const stop = lineEnd === -1 || lineEnd > end ? end : lineEnd;
    if (stop > at || at === start) edits.push({ at, removed: stop - at, text: at === start ? text : '' });
    at = stop + 1;
  }
  return edits;
}

/** One change of a line: where in the original line, how many characters came, how many went. */
interface Shift {
  column: number;
  added: number;
  removed: number;
}

export type LineShifts = ReadonlyMap<number, readonly Shift[]>;

export function lineShifts(code: string, edits: readonly Edit[]): LineShifts {
  const shifts = new Map<number, Shift[]>();
  let line = 0;
  let lineStart = 0;
  let next = code.indexOf('\n');
  for (const { at, text, removed = 0 } of ordered(edits)) {
    while (next !== -1 && next < at) {
      line++;
      lineStart = next + 1;
      next = code.indexOf('\n', lineStart);
    }
    const ofLine = shifts.get(line) ?? [];
    ofLine.push({ column: at - lineStart, added: text.length, removed });
    shifts.set(line, ofLine);
  }
  return shifts;
}

/** The column in the original line for a column in the edited line. */
export function originalColumn(shifts: readonly Shift[] | undefined, column: number): number {
  let moved = 0;
  for (const { column: at, added, removed } of shifts ?? []) {
    if (column < at + moved) break;
    if (column < at + moved + added) return at;
    moved += added - removed;
  }
  return column - moved;
}

/** The column in the edited line for a column in the original line. */
export function editedColumn(shifts: readonly Shift[] | undefined, column: number): number {
  let moved = 0;
  for (const { column: at, added, removed } of shifts ?? []) {
    if (at > column) break;
    moved += column < at + removed ? at - column : added - removed;
  }
  return column + moved;
}

/** Reading what the compiler reports for people: an excerpt of the source with marks drawn under it. */

export interface SourcePlace {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

const HEADER = /\[.*:(\d+):(\d+)\]/;
const NUMBERED = /^ *(\d+) [|│] /;
const MARKS = /^ *[:·] +[^ ]/;
/** The compiler draws a tab as so many spaces. */
const TAB = '    ';

/** Where the first mark stands; without one, where the excerpt begins. `text` is the source that was compiled. */
export function placeInReport(report: string, text: string): SourcePlace | undefined {
  let drawn: { line: number; indent: number } | undefined;
  for (const row of report.split('\n')) {
    const numbered = NUMBERED.exec(row);
    if (numbered !== null) drawn = { line: Number(numbered[1]), indent: numbered[0].length };
    else if (drawn !== undefined && MARKS.test(row)) {
      const width = row.slice(drawn.indent).search(/\S/);
      return { line: drawn.line, column: columnAt(text.split(/\r?\n/)[drawn.line - 1] ?? '', width) };
    }
  }
  const header = HEADER.exec(report);
  return header === null ? undefined : { line: Number(header[1]), column: Number(header[2]) };
}

/** The column, from 1, of what is drawn `width` characters from the left. */
function columnAt(line: string, width: number): number {
  let drawn = 0;
  let index = 0;
  for (; index < line.length && drawn < width; index++) drawn += line[index] === '\t' ? TAB.length : 1;
  return index + 1;
}

/** A changed place of a file, in lines of the old and of the new text. */
export interface Hunk {
  /** As git writes it, such as `@@ -14,3 +14,3 @@`. */
  readonly header: string;
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm;

/** Reads the output of `git diff --unified=0` of one file. */
export function parseHunks(diff: string): Hunk[] {
  return [...diff.matchAll(HEADER)].map(([header, oldStart, oldLines, newStart, newLines]) => ({
    header,
    oldStart: Number(oldStart),
    oldLines: Number(oldLines ?? 1),
    newStart: Number(newStart),
    newLines: Number(newLines ?? 1),
  }));
}

/** The hunk that has the line, or else the nearest one. */
export function hunkAt(hunks: readonly Hunk[], line: number, side: 'old' | 'new'): Hunk | undefined {
  const distance = (hunk: Hunk): number => {
    const start = side === 'old' ? hunk.oldStart : hunk.newStart;
    const end = start + Math.max(1, side === 'old' ? hunk.oldLines : hunk.newLines) - 1;
    return line < start ? start - line : Math.max(0, line - end);
  };
  return [...hunks].sort((a, b) => distance(a) - distance(b))[0];
}

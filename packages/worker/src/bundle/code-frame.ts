export interface FramePosition {
  /** From 1. */
  line: number;
  /** From 1. */
  column?: number | undefined;
}

/** The lines around a position, with a mark under it. */
export function codeFrame(source: string, position: FramePosition, around = 2): string {
  const lines = source.split(/\r?\n/);
  const first = Math.max(1, position.line - around);
  const last = Math.min(lines.length, position.line + around);
  const width = String(last).length;
  const out: string[] = [];
  for (let number = first; number <= last; number++) {
    const here = number === position.line;
    const text = (lines[number - 1] ?? '').replaceAll('\t', ' ');
    out.push(`${here ? '>' : ' '} ${String(number).padStart(width)} | ${text}`.trimEnd());
    if (here && position.column !== undefined)
      out.push(`  ${' '.repeat(width)} | ${' '.repeat(Math.max(0, position.column - 1))}^`);
  }
  return out.join('\n');
}

import { relative } from 'node:path';

interface SizedModule {
  readonly file: string;
  readonly bytes: number;
}

/** The largest modules, one a line with its size and share, and what the others come to. */
export function moduleSizes(
  modules: readonly SizedModule[],
  { cwd, shown, ofBytes }: { cwd: string; shown: number; ofBytes: number },
): string[] {
  const bySize = modules.toSorted((a, b) => b.bytes - a.bytes);
  const line = (bytes: number, text: string): string =>
    `${sizeText(bytes).padStart(9)} ${percent(bytes, ofBytes).padStart(5)}  ${text}`;
  const rest = bySize.slice(shown);
  return [
    ...bySize.slice(0, shown).map(({ bytes, file }) => line(bytes, shortest(relative(cwd, file), file))),
    ...(rest.length === 0
      ? []
      : [
          line(
            rest.reduce((sum, { bytes }) => sum + bytes, 0),
            `in ${rest.length} more`,
          ),
        ]),
  ];
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}

function percent(bytes: number, ofBytes: number): string {
  return `${((100 * bytes) / Math.max(1, ofBytes)).toFixed(0)}%`;
}

function shortest(a: string, b: string): string {
  return a.length <= b.length ? a : b;
}

import type { SourcePlace } from '../diagnose/finding.ts';
import type { Style } from './style.ts';

/** The lines around a place, with marks under what it names. */
export function sourceExcerpt(
  text: string,
  { line, column }: SourcePlace,
  { label, style }: { label: string; style: Style },
): string[] {
  const lines = text.split(/\r?\n/);
  const width = String(line + 1).length;
  const bar = `${' '.repeat(width)} ${style.cyan('|')}`;
  const shown = (number: number): string[] => {
    const source = lines[number - 1];
    return source === undefined
      ? []
      : [`${style.cyan(`${String(number).padStart(width)} |`)} ${tabless(source)}`.trimEnd()];
  };
  const here = lines[line - 1] ?? '';
  const [name = '^'] = /^(?:[\w$.]+|(['"`])[^'"`]*\1)/.exec(here.slice(column - 1)) ?? [];
  const marks = `${' '.repeat(tabless(here.slice(0, column - 1)).length)}${style.red('^'.repeat(name.length))}`;
  return [
    bar,
    ...shown(line - 2),
    ...shown(line - 1),
    ...shown(line),
    `${bar} ${marks} ${style.red(label)}`.trimEnd(),
    ...shown(line + 1),
    bar,
  ];
}

function tabless(text: string): string {
  return text.replaceAll('\t', '  ');
}

import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import {
  renderGithub,
  renderJson,
  renderJunit,
  renderPretty,
  renderSarif,
  type ReplayReport,
  type SourceLookup,
  styleFor,
} from '@reprise/testing/replay';

import { closestWord } from '../command-line/closest-word.ts';
import { UsageError } from '../command-line/usage-error.ts';

const FORMATS = ['pretty', 'json', 'junit', 'github', 'sarif'] as const;
type Format = (typeof FORMATS)[number];

export interface Reporter {
  readonly format: Format;
  /** Undefined: standard output. */
  readonly file: string | undefined;
}

export function parseReporter(text: string): Reporter {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const format = FORMATS.find((candidate) => candidate === name);
  if (format === undefined) {
    const meant = closestWord(name, FORMATS);
    throw new UsageError(
      `--reporter must be one of ${FORMATS.join(', ')}, found '${name}'${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    );
  }
  if (at === text.length - 1) throw new UsageError(`--reporter ${text} names no file`);
  return { format, file: at < 0 ? undefined : text.slice(at + 1) };
}

/** People read several reports one below the other; programs read one, from its first character to its last. */
const FOR_PEOPLE: ReadonlySet<Format> = new Set(['pretty', 'github']);

/** @throws UsageError when two reports would get in each other's way, or one cannot be written */
export function checkReporters(reporters: readonly Reporter[], cwd: string): void {
  const toScreen = reporters.filter(({ file }) => file === undefined);
  const forProgram = toScreen.find(({ format }) => !FOR_PEOPLE.has(format));
  if (forProgram !== undefined && toScreen.length > 1) {
    const names = toScreen.map(({ format }) => format).join(' and ');
    throw new UsageError(
      `${names} cannot share standard output: give one a file, such as --reporter ${forProgram.format}=FILE`,
    );
  }
  const files = reporters.flatMap(({ file }) => (file === undefined ? [] : [resolve(cwd, file)]));
  const twice = files.find((file, index) => files.indexOf(file) < index);
  if (twice !== undefined) throw new UsageError(`two reporters would write ${twice}`);
  for (const { format, file } of reporters)
    if (file !== undefined) checkWritable(`${format}=${file}`, resolve(cwd, file));
}

/** Before anything is replayed, and without leaving an empty report if nothing is. */
function checkWritable(reporter: string, path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (existsSync(path) && statSync(path).isDirectory()) throw new Error('it is a folder');
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
  } catch (error) {
    throw new UsageError(`--reporter ${reporter} cannot be written: ${(error as Error).message}`);
  }
}

/** Whether a report in this format has a line for each history. */
export function listsHistories(format: Format): boolean {
  return format === 'json' || format === 'junit';
}

export interface RenderOptions {
  readonly format: Format;
  readonly source: Pick<SourceLookup, 'text'>;
  readonly useColors: boolean;
  readonly showValues: boolean;
}

export function renderReport(report: ReplayReport, { format, source, useColors, showValues }: RenderOptions): string {
  switch (format) {
    case 'pretty':
      return renderPretty(report, { style: styleFor(useColors), source, showValues });
    case 'json':
      return renderJson(report, { showValues });
    case 'junit':
      return renderJunit(report);
    case 'github':
      return renderGithub(report);
    case 'sarif':
      return renderSarif(report);
  }
}

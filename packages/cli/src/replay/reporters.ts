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
  return { format, file: at < 0 ? undefined : text.slice(at + 1) };
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

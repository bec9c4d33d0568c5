import type { Cause } from './cause.ts';
import type { ReplayReport } from './report.ts';

/** Workflow commands that GitHub shows beside the lines of a pull request. */
export function renderGithub(report: ReplayReport): string {
  return [
    ...report.causes.map(annotation),
    ...report.problems.map(({ code, message }) => `::error title=${property(code)}::${data(message)}`),
    '',
  ].join('\n');
}

function annotation({ finding, count }: Cause): string {
  const { place, code, title, severity, help } = finding;
  const at = place === undefined ? '' : `file=${property(place.file)},line=${place.line},col=${place.column},`;
  const text = [`${title} (${count} ${count === 1 ? 'history' : 'histories'})`, ...help].join('\n');
  return `::${severity} ${at}title=${property(code)}::${data(text)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

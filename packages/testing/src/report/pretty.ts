import type { SourceLookup } from '../diagnose/source-lookup.ts';
import { stepText } from '../diagnose/step-text.ts';
import { alignmentTable } from './alignment-table.ts';
import type { Cause } from './cause.ts';
import type { ReplayReport } from './report.ts';
import { sourceExcerpt } from './source-excerpt.ts';
import type { Style } from './style.ts';

export interface PrettyOptions {
  readonly style: Style;
  readonly source: Pick<SourceLookup, 'text'>;
  /** Values of payloads may be seen: the output is somebody's screen, or they asked for it. */
  readonly showValues: boolean;
}

const NAMES_SHOWN = 5;
const CAUSES_SHOWN = 50;
const PROBLEMS_SHOWN = 50;

/** The report for people. */
export function renderPretty(report: ReplayReport, options: PrettyOptions): string {
  const blocks = report.causes.slice(0, CAUSES_SHOWN).map((cause) => renderCause(cause, options).join('\n'));
  const more = report.causes.length - blocks.length;
  if (more > 0) blocks.push(`... and ${more} more causes; --reporter json has them all`);
  const problems = report.problems
    .slice(0, PROBLEMS_SHOWN)
    .map((problem) => `${options.style.red(`error[${problem.code}]`)}: ${problem.message}`);
  if (report.problems.length > PROBLEMS_SHOWN) problems.push(`... and ${report.problems.length - PROBLEMS_SHOWN} more`);
  return [...blocks, ...problems, renderFooter(report, options.style)].join('\n\n');
}

export function renderCause(cause: Cause, options: PrettyOptions): string[] {
  const { style } = options;
  const { finding } = cause;
  const head = `${finding.severity}[${finding.code}]`;
  const colored = finding.severity === 'error' ? style.red(head) : style.yellow(head);
  return [
    `${colored}: ${style.bold(finding.title)}`,
    ...place(cause, options),
    ...sides(cause),
    ...(finding.alignment !== undefined && finding.alignment.length > 1
      ? ['', ...alignmentTable(finding.alignment, style), '']
      : []),
    ...values(cause, options),
    ...affects(cause),
    ...finding.help.map((help) => `${style.green('help')}: ${help}`),
    ...finding.notes.filter((note) => note !== '').map((note) => `${style.cyan('note')}: ${note}`),
  ];
}

function place({ finding }: Cause, { style, source }: PrettyOptions): string[] {
  const { place: at, code, now, placeLabel } = finding;
  if (at === undefined) return [];
  const text = source.text(at.file);
  const arrow = `  ${style.cyan('-->')} ${at.file}:${at.line}:${at.column}`;
  if (text === undefined) return [arrow];
  const isReturn = now?.kind === 'complete';
  const beside = now?.place === undefined && !isReturn ? 'this came before it' : undefined;
  const failing = now?.kind === 'fail' ? 'most likely the workflow fails here' : undefined;
  const label = placeLabel ?? failing ?? labelOf(code, beside) ?? (now === undefined ? '' : stepText(now));
  return [arrow, ...sourceExcerpt(text, at, { label, style })];
}

function labelOf(code: string, beside: string | undefined): string | undefined {
  const isGone = code === 'R1004' || code === 'R1005';
  return isGone && beside !== undefined ? beside : LABELS[code];
}

const LABELS: Partial<Record<string, string>> = {
  R1004: 'this comes next now',
  R1005: 'this comes next now',
  R1008: 'most likely this returned',
  R1012: 'most likely this is the end now',
  R2003: 'most likely this is returned',
};

function sides({ finding }: Cause): string[] {
  const { recorded, now, message, code } = finding;
  if (code === 'R1010' || code === 'R1011') return message === undefined ? [] : [`   = ${message.split('\n')[0]}`];
  const lines: string[] = [];
  if (recorded !== undefined) {
    const at =
      recorded.place === undefined ? '' : `, ${recorded.place.file}:${recorded.place.line} @ ${recorded.commit ?? ''}`;
    lines.push(`   = recorded: event ${recorded.eventId} ${recorded.eventType}, ${stepText(recorded)}${at}`);
    if (recorded.text !== undefined) lines.push(`               ${recorded.text}`);
  }
  if (now !== undefined) lines.push(`   = now:      ${stepText(now)}`);
  else if (finding.severity === 'error') lines.push('   = now:      nothing is asked for');
  return lines;
}

function values({ finding }: Cause, { showValues }: PrettyOptions): string[] {
  const { values: seen, shapes } = finding;
  if (showValues && seen !== undefined) return [`   - ${seen.recorded}`, `   + ${seen.now}`];
  if (shapes === undefined) return [];
  const hint = '--show-values shows the values';
  if (shapes.recorded === shapes.now) return [`   = another value of the same form: ${shapes.now} (${hint})`];
  return [`   - ${shapes.recorded}`, `   + ${shapes.now}`, `   = ${hint}`];
}

function affects({ count, open, closed, histories, finding, steps }: Cause): string[] {
  const names = histories.slice(0, NAMES_SHOWN).join(', ');
  const more = count > NAMES_SHOWN ? `, and ${count - NAMES_SHOWN} more` : '';
  const states = [open > 0 ? `${open} open` : '', closed > 0 ? `${closed} closed` : ''].filter((text) => text !== '');
  const times = finding.times > 1 ? `, ${finding.times} times in the first` : '';
  const all = finding.code === 'R2004' && steps.size > 1 ? [`   = seen at:  ${[...steps].join(', ')}`] : [];
  return [
    ...all,
    `   = affects:  ${count} ${count === 1 ? 'history' : 'histories'} (${states.join(', ')}): ${names}${more}${times}`,
  ];
}

function renderFooter(report: ReplayReport, style: Style): string {
  const { passed, failed, problems, skipped, events, durationMs } = report;
  const unreadable = problems.filter(({ code }) => code !== 'R3001').length;
  const seconds = durationMs / 1000;
  const counts = [
    style.green(`${passed} passed`),
    ...(failed > 0 ? [style.red(`${failed} failed`)] : []),
    ...(unreadable > 0 ? [style.red(`${unreadable} unreadable`)] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return [
    ...typeLines(report, style),
    ` Histories  ${counts.join(' | ')}  (${events} events)`,
    ` Time       ${seconds.toFixed(2)} s`,
    ` Verdict    ${verdict(report, style)}`,
  ].join('\n');
}

function typeLines({ types }: ReplayReport, style: Style): string[] {
  return types
    .filter(({ passed, failed }) => passed + failed > 0)
    .map(({ workflowType, passed, failed }) => {
      if (failed === 0) return ` ${style.green('PASS')}  ${workflowType}  ${passed}`;
      return ` ${style.red('FAIL')}  ${workflowType}  ${failed} of ${passed + failed}`;
    });
}

function verdict(report: ReplayReport, style: Style): string {
  switch (report.outcome) {
    case 'ok':
      return style.green('this code replays every history');
    case 'divergence':
      if (
        report.causes.every(
          ({ finding, open }) => finding.severity === 'warning' || (finding.code === 'R1009' && open === 0),
        )
      ) {
        return style.yellow(
          'executions that are running are safe; closed ones cannot be queried or reset with this code',
        );
      }
      return style.red('NOT SAFE: executions that are running would be stuck');
    case 'strictWarnings':
      return style.yellow('replays, with changes that --strict does not allow');
    case 'corpus':
      return report.passed + report.failed === 0
        ? style.red('nothing was replayed')
        : style.red('what could be read replays, but not everything could be read');
  }
}

import type { Finding } from '../diagnose/finding.ts';
import type { Cause } from './cause.ts';
import type { ReplayReport } from './report.ts';

/** The report for programs. `schema` changes when a reader has to. */
export function renderJson(report: ReplayReport, { showValues }: { showValues: boolean }): string {
  const { outcome, passed, failed, skipped, events, durationMs } = report;
  const unreadable = report.problems.filter(({ code }) => code !== 'R3001');
  return JSON.stringify(
    {
      schema: 'reprise-replay-report/1',
      outcome,
      counts: { passed, failed, unreadable: unreadable.length, skipped, events },
      durationMs: Math.round(durationMs),
      causes: report.causes.map((cause) => causeJson(cause, showValues)),
      problems: report.problems.map(({ code, file, message }) => ({
        code,
        ...(file === undefined ? {} : { file }),
        message,
      })),
      histories: report.histories,
    },
    undefined,
    2,
  );
}

function causeJson(cause: Cause, showValues: boolean): object {
  const { finding, workflowTypes, histories, count, open, closed, steps } = cause;
  return {
    ...withoutHiddenValues(finding, showValues),
    workflowTypes: [...workflowTypes],
    steps: [...steps],
    count,
    open,
    closed,
    histories,
  };
}

function withoutHiddenValues(finding: Finding, showValues: boolean): object {
  const { values, place, placeLabel: _label, ...rest } = finding;
  return {
    ...rest,
    ...(place === undefined ? {} : { source: place }),
    ...(showValues && values !== undefined ? { values } : {}),
  };
}

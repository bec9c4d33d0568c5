/** What does not fit together in what is stored of one run. */
import { isDeepStrictEqual } from 'node:util';
import { nextDueMs } from '../execution/due.ts';
import type { VisibilityRecord } from '../execution/effects.ts';
import type { Execution } from '../execution/execution.ts';
import { outstanding, visibilityRecord } from '../execution/follow-up.ts';
import { decodeBatch, foldRun } from '../runs/run-codec.ts';
import type { StoredRun } from '../store/store.ts';
import { withoutDefaults } from './without-defaults.ts';

export interface StoredAround {
  readonly run: StoredRun;
  /** When the store will see to the run: 0 for at once. */
  readonly agendaMs: number | undefined;
  /** What is listed of it, beside what should be. */
  readonly compare: (record: VisibilityRecord) => {
    readonly listed: VisibilityRecord | undefined;
    readonly expected: VisibilityRecord;
  };
}

/** Counted further after the close, for what concerns nobody who looks at lists. */
const uncompared: ReadonlySet<string> = new Set(['stateTransitionCount']);

export function runProblems({ run, agendaMs, compare }: StoredAround): string[] {
  const numbering = numberingProblems(run);
  if (numbering.length > 0) return numbering;
  let execution: Execution;
  try {
    execution = foldRun(run.row, run.transitions);
  } catch (error) {
    return [`its transitions cannot be folded: ${String(error)}`];
  }
  return [
    ...rowProblems(run, execution),
    ...agendaProblems(execution, agendaMs),
    ...listProblems(compare(visibilityRecord(execution))),
  ];
}

function numberingProblems(run: StoredRun): string[] {
  if (run.transitions.length === 0) return ['it has no transitions'];
  const problems: string[] = [];
  let eventId = 0;
  run.transitions.forEach(({ seq, events }, index) => {
    if (seq !== index + 1) problems.push(`expected transition ${index + 1}, found ${seq}`);
    for (const event of events.flatMap(decodeBatch)) {
      eventId++;
      if (event.eventId !== eventId) problems.push(`expected event ${eventId}, found ${event.eventId}`);
    }
  });
  return problems.slice(0, 1);
}

function rowProblems({ row }: StoredRun, { status, closed }: Execution): string[] {
  const problems: string[] = [];
  if (row.status !== status) problems.push(`its row has status ${row.status}, its events lead to ${status}`);
  if (row.closeTimeMs !== closed?.timeMs) {
    problems.push(`its row has close time ${row.closeTimeMs}, its events lead to ${closed?.timeMs}`);
  }
  return problems;
}

function agendaProblems(execution: Execution, agendaMs: number | undefined): string[] {
  const work = outstanding(execution);
  const due = nextDueMs(execution);
  const expected = work.length > 0 ? 0 : due === undefined ? undefined : Math.floor(due);
  if (agendaMs === expected) return [];
  const kinds = work.map(({ kind }) => kind).join(', ');
  return [`it is on the agenda for ${agendaMs}, and should be for ${expected}${kinds === '' ? '' : ` (${kinds})`}`];
}

function listProblems({ listed, expected }: ReturnType<StoredAround['compare']>): string[] {
  if (!listed) return ['it is not listed'];
  const [found, wanted] = [listed, expected].map(
    (record) => withoutDefaults(record) as Readonly<Record<string, unknown>>,
  );
  return Object.keys({ ...found, ...wanted })
    .filter((name) => !uncompared.has(name) && !isDeepStrictEqual(found?.[name], wanted?.[name]))
    .map((name) => `it is listed with another ${name} than its events lead to`);
}

/**
 * Gathers verdicts to one report: one entry for each cause, however many histories it breaks. Keeps names and counts, not
 * histories, so that a corpus of any size fits.
 */
import type { CorpusError } from '../corpus/corpus-problem.ts';
import type { Finding, FindingCode } from '../diagnose/finding.ts';
import type { ReplayVerdict } from '../replay/verdict.ts';
import { type Cause, causeKey, NAMES_KEPT } from './cause.ts';

/** `corpus`: nothing was replayed, or not everything could be. */
export type ReportOutcome = 'ok' | 'divergence' | 'corpus' | 'strictWarnings';

export interface HistoryLine {
  readonly name: string;
  readonly file?: string;
  readonly workflowType: string;
  readonly status: 'passed' | 'failed' | 'unreadable';
  readonly codes: readonly string[];
  readonly eventCount: number;
}

export interface ReplayReport {
  readonly outcome: ReportOutcome;
  readonly strict: boolean;
  readonly passed: number;
  readonly failed: number;
  /** Histories that could not be read or judged, each with the reason. */
  readonly problems: readonly CorpusError[];
  /** Left out by --type or --scope. */
  readonly skipped: number;
  readonly events: number;
  /** Errors first, then by the number of histories. */
  readonly causes: readonly Cause[];
  readonly histories: readonly HistoryLine[];
  readonly durationMs: number;
}

interface GrowingCause {
  finding: Finding;
  workflowTypes: Set<string>;
  histories: string[];
  count: number;
  open: number;
  closed: number;
}

export class ReportBuilder {
  readonly #strict: boolean;
  readonly #causes = new Map<string, GrowingCause>();
  readonly #histories: HistoryLine[] = [];
  readonly #problems: CorpusError[] = [];
  #skipped = 0;
  #events = 0;

  constructor({ strict }: { strict: boolean }) {
    this.#strict = strict;
  }

  add(verdict: ReplayVerdict): void {
    const { history, findings, status, problem } = verdict;
    const codes = new Set<FindingCode>(findings.map(({ code }) => code));
    const { name, file, workflowType, eventCount } = history;
    this.#events += eventCount;
    this.#histories.push({
      name,
      ...(file === undefined ? {} : { file }),
      workflowType,
      status,
      codes: [...codes],
      eventCount,
    });
    if (problem !== undefined) this.#problems.push(problem);
    const seen = new Set<string>();
    for (const finding of findings) {
      const key = causeKey(finding);
      if (seen.has(key)) continue;
      seen.add(key);
      this.#count(key, finding, history);
    }
  }

  addProblem(problem: CorpusError): void {
    this.#problems.push(problem);
  }

  addSkipped(): void {
    this.#skipped++;
  }

  finish(durationMs: number): ReplayReport {
    const failed = this.#histories.filter(({ status }) => status === 'failed').length;
    const passed = this.#histories.filter(({ status }) => status === 'passed').length;
    const causes = [...this.#causes.values()].sort(bySeverityAndCount);
    return {
      outcome: this.#outcome(causes, passed + failed),
      strict: this.#strict,
      passed,
      failed,
      problems: this.#problems,
      skipped: this.#skipped,
      events: this.#events,
      causes,
      histories: this.#histories,
      durationMs,
    };
  }

  #count(key: string, finding: Finding, history: ReplayVerdict['history']): void {
    let cause = this.#causes.get(key);
    if (cause === undefined) {
      cause = { finding, workflowTypes: new Set(), histories: [], count: 0, open: 0, closed: 0 };
      this.#causes.set(key, cause);
    }
    cause.count++;
    cause.workflowTypes.add(history.workflowType);
    if (history.isClosed) cause.closed++;
    else cause.open++;
    if (cause.histories.length < NAMES_KEPT) cause.histories.push(history.name);
  }

  #outcome(causes: readonly GrowingCause[], judged: number): ReportOutcome {
    if (causes.some(({ finding }) => finding.severity === 'error')) return 'divergence';
    if (judged === 0 || this.#problems.length > 0) return 'corpus';
    return this.#strict && causes.length > 0 ? 'strictWarnings' : 'ok';
  }
}

function bySeverityAndCount(a: GrowingCause, b: GrowingCause): number {
  if (a.finding.severity !== b.finding.severity) return a.finding.severity === 'error' ? -1 : 1;
  return b.count - a.count;
}

/**
 * Gathers verdicts to one report: one entry for each cause, however many histories it breaks. Keeps names and counts, not
 * histories, so that a corpus of any size fits.
 */
import type { CorpusError } from '../corpus/corpus-problem.ts';
import type { FindingCode } from '../diagnose/finding.ts';
import type { ReplayVerdict } from '../replay/verdict.ts';
import { GrowingCauses } from './growing-causes.ts';
import type { Cause } from './cause.ts';

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

export class ReportBuilder {
  readonly #strict: boolean;
  readonly #causes = new GrowingCauses();
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
    this.#causes.add(findings, history);
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
    const causes = this.#causes.all();
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

  #outcome(causes: readonly Cause[], judged: number): ReportOutcome {
    if (causes.some(({ finding }) => finding.severity === 'error')) return 'divergence';
    if (judged === 0 || this.#problems.length > 0) return 'corpus';
    return this.#strict && causes.length > 0 ? 'strictWarnings' : 'ok';
  }
}

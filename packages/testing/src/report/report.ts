/**
 * Gathers verdicts to one report: one entry for each cause, however many histories it breaks. Keeps names and counts, not
 * histories, so that a corpus of any size fits.
 */
import { CorpusError } from '../corpus/corpus-problem.ts';
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

/** Shared by the many histories that replay, so that a report of all of them stays small. */
const NO_CODES: readonly string[] = [];

export class ReportBuilder {
  readonly #strict: boolean;
  readonly #causes = new GrowingCauses();
  readonly #histories: HistoryLine[] = [];
  readonly #problems: CorpusError[] = [];
  readonly #types: readonly string[];
  readonly #skipped: string[] = [];
  #events = 0;

  /** @param types the workflow types that were asked for: each must have a history */
  constructor({ strict, types = [] }: { strict: boolean; types?: readonly string[] | undefined }) {
    this.#strict = strict;
    this.#types = types;
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
      codes: codes.size === 0 ? NO_CODES : [...codes],
      eventCount,
    });
    if (problem !== undefined) this.#problems.push(problem);
    this.#causes.add(findings, history);
  }

  addProblem(problem: CorpusError): void {
    this.#problems.push(problem);
  }

  /** Left out by a filter. */
  addSkipped(workflowType: string): void {
    this.#skipped.push(workflowType);
  }

  finish(durationMs: number): ReplayReport {
    const failed = this.#histories.filter(({ status }) => status === 'failed').length;
    const passed = this.#histories.filter(({ status }) => status === 'passed').length;
    const causes = this.#causes.all();
    this.#problems.push(...this.#missing());
    return {
      outcome: this.#outcome(causes, passed + failed),
      strict: this.#strict,
      passed,
      failed,
      problems: this.#problems,
      skipped: this.#skipped.length,
      events: this.#events,
      causes,
      histories: this.#histories,
      durationMs,
    };
  }

  /** What was asked for and is not there: nothing is green that was not replayed. */
  #missing(): CorpusError[] {
    const judged = new Set(this.#histories.map(({ workflowType }) => workflowType));
    const found = [...new Set([...judged, ...this.#skipped])].sort().join(', ') || 'none';
    const absent = this.#types.filter((type) => !judged.has(type));
    if (absent.length > 0)
      return absent.map(
        (type) => new CorpusError('R3001', `no history of workflow type '${type}' was replayed; there are: ${found}`),
      );
    if (judged.size > 0 || this.#problems.length > 0) return [];
    return [
      new CorpusError('R3001', this.#skipped.length > 0 ? 'the filters leave no history' : 'there are no histories'),
    ];
  }

  #outcome(causes: readonly Cause[], judged: number): ReportOutcome {
    if (causes.some(({ finding }) => finding.severity === 'error')) return 'divergence';
    if (judged === 0 || this.#problems.length > 0) return 'corpus';
    return this.#strict && causes.length > 0 ? 'strictWarnings' : 'ok';
  }
}

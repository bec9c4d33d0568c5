/**
 * Gathers verdicts to one report: one entry for each cause, however many histories it breaks. Keeps names and counts, not
 * histories, so that a corpus of any size fits; and names only of what is broken, where nobody reads the others.
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

/** How the histories of a workflow type fared. */
export interface TypeTally {
  readonly workflowType: string;
  readonly passed: number;
  readonly failed: number;
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
  /** In the order in which they came. */
  readonly types: readonly TypeTally[];
  /** A line for each, or for each that does not replay. */
  readonly histories: readonly HistoryLine[];
  readonly durationMs: number;
}

/** Shared by the many histories that replay, so that a report of all of them stays small. */
const NO_CODES: readonly string[] = [];

export interface ReportOptions {
  readonly strict: boolean;
  /** The workflow types that were asked for: each must have a history. Default: none in particular. */
  readonly types?: readonly string[] | undefined;
  /** Whether histories that replay are listed as well. Default true. */
  readonly listsAll?: boolean;
}

export class ReportBuilder {
  readonly #strict: boolean;
  readonly #listsAll: boolean;
  readonly #causes = new GrowingCauses();
  readonly #histories: HistoryLine[] = [];
  readonly #problems: CorpusError[] = [];
  readonly #types: readonly string[];
  readonly #tallies = new Map<string, { passed: number; failed: number }>();
  readonly #skippedTypes = new Set<string>();
  #skipped = 0;
  #events = 0;

  constructor({ strict, types = [], listsAll = true }: ReportOptions) {
    this.#strict = strict;
    this.#types = types;
    this.#listsAll = listsAll;
  }

  add(verdict: ReplayVerdict): void {
    const { history, findings, status, problem } = verdict;
    const codes = new Set<FindingCode>(findings.map(({ code }) => code));
    const { name, file, workflowType, eventCount } = history;
    this.#events += eventCount;
    this.#count(workflowType, status);
    if (this.#listsAll || status !== 'passed') {
      this.#histories.push({
        name,
        ...(file === undefined ? {} : { file }),
        workflowType,
        status,
        codes: codes.size === 0 ? NO_CODES : [...codes],
        eventCount,
      });
    }
    if (problem !== undefined) this.#problems.push(problem);
    this.#causes.add(findings, history);
  }

  addProblem(problem: CorpusError): void {
    this.#problems.push(problem);
  }

  /** Left out by a filter. */
  addSkipped(workflowType: string): void {
    this.#skipped++;
    this.#skippedTypes.add(workflowType);
  }

  #count(workflowType: string, status: ReplayVerdict['status']): void {
    const tally = this.#tallies.get(workflowType) ?? { passed: 0, failed: 0 };
    this.#tallies.set(workflowType, tally);
    if (status === 'passed') tally.passed++;
    else if (status === 'failed') tally.failed++;
  }

  finish(durationMs: number): ReplayReport {
    const types = [...this.#tallies].map(([workflowType, tally]) => ({ workflowType, ...tally }));
    const failed = types.reduce((sum, tally) => sum + tally.failed, 0);
    const passed = types.reduce((sum, tally) => sum + tally.passed, 0);
    const causes = this.#causes.all();
    this.#problems.push(...this.#missing());
    return {
      outcome: this.#outcome(causes, passed + failed),
      strict: this.#strict,
      passed,
      failed,
      problems: this.#problems,
      skipped: this.#skipped,
      events: this.#events,
      causes,
      types,
      histories: this.#histories,
      durationMs,
    };
  }

  /** What was asked for and is not there: nothing is green that was not replayed. */
  #missing(): CorpusError[] {
    const judged = new Set(this.#tallies.keys());
    const found = [...new Set([...judged, ...this.#skippedTypes])].sort().join(', ') || 'none';
    const absent = this.#types.filter((type) => !judged.has(type));
    if (absent.length > 0)
      return absent.map(
        (type) => new CorpusError('R3001', `no history of workflow type '${type}' was replayed; there are: ${found}`),
      );
    if (judged.size > 0 || this.#problems.length > 0) return [];
    return [new CorpusError('R3001', this.#skipped > 0 ? 'the filters leave no history' : 'there are no histories')];
  }

  #outcome(causes: readonly Cause[], judged: number): ReportOutcome {
    if (causes.some(({ finding }) => finding.severity === 'error')) return 'divergence';
    if (judged === 0 || this.#problems.length > 0) return 'corpus';
    return this.#strict && causes.length > 0 ? 'strictWarnings' : 'ok';
  }
}

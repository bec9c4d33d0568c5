/**
 * What a replay host and the process that started it say to each other. Messages go by copy, in order, one answer to each
 * question. Beside them runs the journal: lines that are written at once, so that they are there when the host is not.
 */
import type { CorpusCode } from '../corpus/corpus-problem.ts';
import type { RecordedHistory } from '../corpus/recorded-history.ts';
import type { RecordedStep, SourcePlace } from '../diagnose/finding.ts';
import type { HistoryFilter } from '../replay/history-filter.ts';
import type { PayloadModules } from '../replay/load-payload-modules.ts';
import type { HistorySummary, ReplayVerdict } from '../replay/verdict.ts';

export const JOURNAL_FD = 4;

/** The code under test, and how strictly it is judged. */
export interface HostSettings {
  readonly bundleCode: string;
  /** The files that the bundle was made of; none for a bundle that was read from a file. */
  readonly files: readonly string[];
  readonly cwd: string;
  readonly namespace: string;
  readonly strict: boolean;
  readonly payloadModules: PayloadModules;
  readonly activationTimeoutMs: number;
  /** How often code has not come to an end in hosts before this one. */
  readonly losses: number;
}

/** A history of a list of files, or of a file that holds several. */
export interface Position {
  readonly file: number;
  readonly history: number;
}

export interface FilesQuestion {
  readonly kind: 'files';
  readonly files: readonly string[];
  readonly cwd: string;
  readonly filter: HistoryFilter;
  readonly from: Position;
  /** Histories that took a host down before: left out. */
  readonly without: readonly Position[];
  /** Only the first history, and a line of the journal for every activation of it. */
  readonly isTraced?: boolean;
}

export interface HistoryQuestion {
  readonly kind: 'history';
  readonly history: RecordedHistory;
  readonly isTraced?: boolean;
}

/** Where does the code ask for what is recorded? */
export interface PlacesQuestion {
  readonly kind: 'places';
  readonly history: RecordedHistory;
}

export type Question = FilesQuestion | HistoryQuestion | PlacesQuestion;
export type ToHost = { readonly kind: 'open'; readonly settings: HostSettings } | Question;

/** Errors lose their class on the way between processes. */
export interface SentProblem {
  readonly code: CorpusCode;
  /** Without the file in front. */
  readonly problem: string;
  readonly file: string | undefined;
}

export type SentVerdict = Omit<ReplayVerdict, 'problem'> & { readonly problem?: SentProblem };

/** What became of one history of a file, or of the file. */
export type SentJudgement = { readonly at: Position } & (
  | { readonly kind: 'verdict'; readonly verdict: SentVerdict }
  | { readonly kind: 'problem'; readonly problem: SentProblem }
  | { readonly kind: 'skipped'; readonly workflowType: string }
);

/** Whether a history replays, and where the code asked for what is recorded. */
export interface Places {
  readonly fits: boolean;
  /** By the id of the recorded event. */
  readonly places: ReadonlyMap<number, SourcePlace>;
}

export type FromHost =
  | { readonly kind: 'judged'; readonly judgements: readonly SentJudgement[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'places'; readonly places: Places }
  /** The codecs cannot be had, or a bug of ours. */
  | { readonly kind: 'failed'; readonly message: string; readonly isOfPayloads: boolean };

/** Lines of the journal, each of one sort by its first letter. */
export const LINE = {
  /** A file is read: its index. */
  reading: 'r',
  /** A history is judged: a `JudgedHistory`. */
  judging: 'j',
  /** Workflow code runs. */
  calling: '>',
  /** It does not. */
  between: '<',
  /** An activation has come to an end, and another begins. */
  alive: '.',
  /** Where in the history the code is: a `TracedPoint`. */
  point: 'a',
} as const;

export interface JudgedHistory {
  readonly at: Position;
  readonly summary: HistorySummary;
}

/** How far a history has come when its code goes on. */
export interface TracedPoint {
  /** The last thing that the code was told; absent when it had only been started. */
  readonly outcome?: RecordedStep;
  /** Where the code asked for the last step that is recorded. */
  readonly lastStep?: SourcePlace;
  /** Where the workflow is defined. */
  readonly start?: SourcePlace;
}

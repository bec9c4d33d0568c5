import type { CorpusCode, HistoryFilter, ReplayOptions, ReplayVerdict } from '@reprise/testing/replay';

/** What a replay thread is started with. Everything here can be copied to it. */
export interface ThreadSettings {
  readonly options: Omit<ReplayOptions, 'payloadCodecs'>;
  /** The module of the codecs, absolute. */
  readonly codecFile: string | undefined;
  readonly filter: HistoryFilter;
  readonly cwd: string;
}

export interface ThreadProblem {
  readonly code: CorpusCode;
  /** Without the file in front. */
  readonly problem: string;
  readonly file: string | undefined;
}

/** What became of the files of one batch. */
export interface ThreadAnswer {
  readonly verdicts: readonly ReplayVerdict[];
  readonly problems: readonly ThreadProblem[];
  /** The workflow types of histories that a filter left out. */
  readonly skipped: readonly string[];
}

export type FromThread =
  | { readonly kind: 'answer'; readonly answer: ThreadAnswer }
  | { readonly kind: 'failed'; readonly message: string };

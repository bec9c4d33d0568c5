import type { CorpusError } from '../corpus/corpus-problem.ts';
import type { RecordedHistory } from '../corpus/recorded-history.ts';
import type { Finding } from '../diagnose/finding.ts';

/** What is known of a history, apart from its events. */
export type HistorySummary = Omit<RecordedHistory, 'events'> & { readonly eventCount: number };

/** What replaying one history came to. */
export interface ReplayVerdict {
  readonly history: HistorySummary;
  /** `failed` when there is at least one finding of severity `error`. */
  readonly status: 'passed' | 'failed' | 'unreadable';
  readonly findings: readonly Finding[];
  /** Why the history cannot be judged; present when it is unreadable. */
  readonly problem?: CorpusError;
}

export function summaryOf(history: RecordedHistory): HistorySummary {
  const { events, ...rest } = history;
  return { ...rest, eventCount: events.length };
}

import { CorpusError } from '../corpus/corpus-problem.ts';
import { findHistoryFiles } from '../corpus/find-history-files.ts';
import type { RecordedHistory } from '../corpus/recorded-history.ts';
import { type ReadResult, readHistoryFile } from '../corpus/read-history-file.ts';
import { renderPretty } from '../report/pretty.ts';
import { type ReplayReport, ReportBuilder } from '../report/report.ts';
import { styleFor } from '../report/style.ts';
import { openReplayer } from './replay-history.ts';
import type { ReplayOptions } from './replay-options.ts';
import type { Replayer } from './replayer.ts';
import type { ReplayVerdict } from './verdict.ts';

/** Which of the histories to replay. */
export interface HistoryFilter {
  /** Only these workflow types. */
  types?: readonly string[];
  /** Only executions that were open, or closed, when they were recorded. Default `all`. */
  scope?: 'all' | 'open' | 'closed';
}

export interface ReplayFilesOptions extends ReplayOptions, HistoryFilter {
  /** Files, folders and globs, from `cwd`. */
  histories: string | readonly string[];
}

export interface ReplayFilesResult {
  readonly report: ReplayReport;
  /** The report for people, without colours and without values of payloads. */
  readonly text: string;
}

/**
 * Replays all histories of files, folders or globs, and reports one entry for each cause. For any test runner.
 *
 * @throws CorpusError R3001 when a pattern matches nothing, WorkflowBundleError when the code cannot be bundled
 * @example
 * const { report, text } = await replayFiles({ workflowsPath: 'src/workflows.ts', histories: 'histories' });
 * assert.equal(report.outcome, 'ok', text);
 */
export async function replayFiles(options: ReplayFilesOptions): Promise<ReplayFilesResult> {
  const cwd = options.cwd ?? process.cwd();
  const patterns = typeof options.histories === 'string' ? [options.histories] : options.histories;
  const files = findHistoryFiles(patterns, cwd);
  const replayer = openReplayer(options);
  const builder = new ReportBuilder({ strict: options.strict === true, types: options.types });
  const startMs = performance.now();
  try {
    for (const file of files) {
      for (const read of readHistoryFile(file, cwd)) await judgeRead(read, { builder, replayer, filter: options });
    }
  } finally {
    replayer.dispose();
  }
  const report = builder.finish(performance.now() - startMs);
  const text = renderPretty(report, { style: styleFor(false), source: replayer.source, showValues: false });
  return { report, text };
}

/** What it takes to judge one history after the other. */
export interface Judging {
  readonly builder: ReportBuilder;
  readonly replayer: Replayer;
  readonly filter: HistoryFilter;
  /** Adds what else is known to a verdict. */
  readonly explain?: ((verdict: ReplayVerdict, history: RecordedHistory) => ReplayVerdict) | undefined;
}

/** Puts what was read into a report: judged, left out, or as the problem that it is. */
export async function judgeRead(read: ReadResult, { builder, replayer, filter, explain }: Judging): Promise<void> {
  if (read.kind === 'problem') return builder.addProblem(read.error);
  if (!isWanted(read.history, filter)) return builder.addSkipped(read.history.workflowType);
  try {
    const history = await replayer.decode(read.history);
    const verdict = replayer.judge(history);
    builder.add(explain === undefined ? verdict : explain(verdict, history));
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    builder.addProblem(error);
  }
}

/** Whether the filter leaves a history in. */
export function isWanted(
  history: { workflowType: string; isClosed: boolean },
  { types, scope = 'all' }: HistoryFilter,
): boolean {
  if (types !== undefined && types.length > 0 && !types.includes(history.workflowType)) return false;
  return scope === 'all' || (scope === 'closed') === history.isClosed;
}

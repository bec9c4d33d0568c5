import { CorpusError } from '../corpus/corpus-problem.ts';
import { decodePayloads } from '../corpus/decode-payloads.ts';
import { findHistoryFiles } from '../corpus/find-history-files.ts';
import type { RecordedHistory } from '../corpus/recorded-history.ts';
import { type ReadResult, readHistoryFile } from '../corpus/read-history-file.ts';
import type { Judgement } from '../host/hosted-replayer.ts';
import { judgeFiles } from '../host/judge-files.ts';
import { type HostedCode, openHostedReplayer } from '../host/open-hosted-replayer.ts';
import { renderPretty } from '../report/pretty.ts';
import { type ReplayReport, ReportBuilder } from '../report/report.ts';
import { styleFor } from '../report/style.ts';
import { type HistoryFilter, isWanted } from './history-filter.ts';
import { decodingOf } from './replay-history.ts';
import type { ReplayOptions } from './replay-options.ts';
import type { ReplayVerdict } from './verdict.ts';

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
  const code = openHostedReplayer(options);
  const builder = new ReportBuilder({ strict: options.strict === true, types: options.types });
  const startMs = performance.now();
  try {
    await judgeAll(files, { builder, options: { ...options, cwd }, code });
  } finally {
    code.replayer.dispose();
  }
  const report = builder.finish(performance.now() - startMs);
  const text = renderPretty(report, { style: styleFor(false), source: code.source, showValues: false });
  return { report, text };
}

interface All {
  readonly builder: ReportBuilder;
  readonly options: ReplayFilesOptions & { cwd: string };
  readonly code: HostedCode;
}

async function judgeAll(files: readonly string[], { builder, options, code }: All): Promise<void> {
  const { cwd } = options;
  const decoding = decodingOf(options);
  if (decoding.payloadCodecs.length === 0 && decoding.externalStorage === undefined) {
    const how = { code, cwd, filter: options };
    return await judgeFiles(files, how, (judgement) => addJudgement(builder, judgement));
  }
  const judge = async (history: RecordedHistory): Promise<ReplayVerdict> =>
    await code.replayer.judge(await decodePayloads(history, decoding));
  for (const file of files) {
    for (const read of readHistoryFile(file, cwd)) await judgeRead(read, { builder, judge, filter: options });
  }
}

/** Puts into a report what became of a history. */
export function addJudgement(builder: ReportBuilder, judgement: Judgement): void {
  if (judgement.kind === 'verdict') builder.add(judgement.verdict);
  else if (judgement.kind === 'problem') builder.addProblem(judgement.error);
  else builder.addSkipped(judgement.workflowType);
}

/** What it takes to judge one history after the other. */
export interface Judging {
  readonly builder: ReportBuilder;
  /** Throws CorpusError for a history that cannot be judged. */
  readonly judge: (history: RecordedHistory) => Promise<ReplayVerdict>;
  readonly filter: HistoryFilter;
}

/** Puts what was read into a report: judged, left out, or as the problem that it is. */
export async function judgeRead(read: ReadResult, { builder, judge, filter }: Judging): Promise<void> {
  if (read.kind === 'problem') return builder.addProblem(read.error);
  if (!isWanted(read.history, filter)) return builder.addSkipped(read.history.workflowType);
  try {
    builder.add(await judge(read.history));
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    builder.addProblem(error);
  }
}

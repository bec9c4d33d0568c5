/** Everything about replay, and nothing that loads gRPC or a server. */
export { checkHistory } from './corpus/check-history.ts';
export { CorpusError, type CorpusCode } from './corpus/corpus-problem.ts';
export { findHistoryFiles } from './corpus/find-history-files.ts';
export { parseHistory } from './corpus/parse-history.ts';
export { readHistoryFile, type ReadResult } from './corpus/read-history-file.ts';
export type { RecordedHistory } from './corpus/recorded-history.ts';
export type { AlignmentRow, CurrentStep, Finding, FindingCode, RecordedStep, SourcePlace } from './diagnose/finding.ts';
export type { SourceLookup } from './diagnose/source-lookup.ts';
export type { Step, StepKind } from './diagnose/step.ts';
export { stepText } from './diagnose/step-text.ts';
export { type HistoryInput, openReplayer, replayHistories, replayHistory } from './replay/replay-history.ts';
export type { ReplayOptions } from './replay/replay-options.ts';
export type { ReplayVariation } from './probe/probe.ts';
export { Replayer } from './replay/replayer.ts';
export type { HistorySummary, ReplayVerdict } from './replay/verdict.ts';
export type { Cause } from './report/cause.ts';
export { renderGithub } from './report/github.ts';
export { renderJson } from './report/json-report.ts';
export { renderJunit } from './report/junit.ts';
export { type PrettyOptions, renderPretty } from './report/pretty.ts';
export { type HistoryLine, ReportBuilder, type ReplayReport, type ReportOutcome } from './report/report.ts';
export { renderSarif } from './report/sarif.ts';
export { type Style, styleFor } from './report/style.ts';
export type { Places } from './host/host-messages.ts';
export type { HostedReplayer, Judgement } from './host/hosted-replayer.ts';
export { judgeFiles } from './host/judge-files.ts';
export { type HostedCode, openHostedReplayer } from './host/open-hosted-replayer.ts';
export type { HistoryFilter } from './replay/history-filter.ts';
export { type PayloadModules, PayloadModuleError } from './replay/load-payload-modules.ts';
export {
  addJudgement,
  type Judging,
  judgeRead,
  replayFiles,
  type ReplayFilesOptions,
  type ReplayFilesResult,
} from './replay/replay-files.ts';

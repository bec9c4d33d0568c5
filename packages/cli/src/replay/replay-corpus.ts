import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import {
  addJudgement,
  CorpusError,
  findHistoryFiles,
  type HistoryFilter,
  type HostedCode,
  judgeFiles,
  judgeRead,
  openHostedReplayer,
  type PayloadModules,
  PayloadModuleError,
  readHistoryFile,
  type RecordedHistory,
  ReportBuilder,
  type ReadResult,
  type ReplayReport,
  type ReplayOptions,
  type ReplayVerdict,
  type SourceLookup,
} from '@reprise/testing/replay';

import type { BaseCode } from '../base/base-code.ts';
import type { CommandLine } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { booleanOption, choiceOption, stringOption, stringsOption } from '../command-line/parse-command-line.ts';
import { progressLine } from '../command-line/progress-line.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { exitWhenTerminated } from './exit-when-terminated.ts';
import { listsHistories, parseReporter } from './reporters.ts';

export const SCOPES = ['all', 'open', 'closed'] as const;

export type CorpusOutcome =
  | { readonly report: ReplayReport; readonly source: Pick<SourceLookup, 'text'> }
  /** There is no report: no code, or no histories. */
  | { readonly exitCode: ExitCode; readonly message: string };

interface Code {
  readonly head: HostedCode;
  readonly base: BaseCode | undefined;
}

/** Replays what the command line names, one history in memory at a time. */
export async function replayCorpus(line: CommandLine, terminal: Terminal): Promise<CorpusOutcome> {
  let code: Code;
  try {
    code = await openCode(line, terminal);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // A bundle that cannot be made is the user's to mend; its message has all that is known.
    return { exitCode: ExitCode.usage, message: `reprise: ${messageOf(error)}` };
  }
  const startMs = performance.now();
  try {
    const builder = await exitWhenTerminated(() => judgeAll(code, line, terminal));
    return { report: builder.finish(performance.now() - startMs), source: code.head.source };
  } catch (error) {
    if (error instanceof CorpusError)
      return { exitCode: ExitCode.corpus, message: `error[${error.code}]: ${messageOf(error)}` };
    if (error instanceof PayloadModuleError) return { exitCode: ExitCode.usage, message: `reprise: ${error.message}` };
    // A server that does not answer leaves nothing to replay.
    if (error instanceof Error && error.name === 'ServiceError') {
      const why = error.cause === undefined ? '' : ` (${messageOf(error.cause)})`;
      return {
        exitCode: ExitCode.corpus,
        message: `reprise: ${stringOption(line, 'address')}: ${messageOf(error)}${why}`,
      };
    }
    throw error;
  } finally {
    code.head.replayer.dispose();
    code.base?.dispose();
  }
}

async function openCode(line: CommandLine, terminal: Terminal): Promise<Code> {
  const options = replayOptions(line, terminal);
  const payloadModules = payloadModulesOf(line, terminal);
  const head = openHostedReplayer(options, payloadModules);
  const ref = stringOption(line, 'base');
  if (ref === undefined) return { head, base: undefined };
  try {
    const { BaseCode } = await import('../base/base-code.ts');
    return { head, base: BaseCode.open(ref, terminal.cwd, { ...options, payloadModules }) };
  } catch (error) {
    head.replayer.dispose();
    throw error;
  }
}

async function judgeAll({ head, base }: Code, line: CommandLine, terminal: Terminal): Promise<ReportBuilder> {
  const builder = new ReportBuilder({
    strict: booleanOption(line, 'strict'),
    types: stringsOption(line, 'type'),
    listsAll: stringsOption(line, 'reporter').some((reporter) => listsHistories(parseReporter(reporter).format)),
  });
  const scope = choiceOption(line, 'scope', SCOPES);
  const filter: HistoryFilter = { types: stringsOption(line, 'type'), ...(scope === undefined ? {} : { scope }) };
  const files = line.operands.length === 0 ? [] : findHistoryFiles(line.operands, terminal.cwd);
  const progress = progressLine(terminal);
  let count = 0;
  const onProgress = (): void => progress.show(`replayed ${++count} histories`);
  const judge = async (history: RecordedHistory): Promise<ReplayVerdict> => {
    const verdict = await head.replayer.judge(history);
    return base === undefined ? verdict : await base.explain(verdict, history);
  };
  const judgeOne = async (read: ReadResult): Promise<void> => {
    await judgeRead(read, { builder, judge, filter });
    onProgress();
  };
  try {
    if (base === undefined) {
      await judgeFiles(files, { code: head, cwd: terminal.cwd, filter }, (judgement) => {
        addJudgement(builder, judgement);
        onProgress();
      });
    } else {
      for (const file of files) for (const read of readHistoryFile(file, terminal.cwd)) await judgeOne(read);
    }
    for await (const read of liveHistories(line)) await judgeOne(read);
  } finally {
    progress.clear();
  }
  return builder;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function* liveHistories(line: CommandLine): AsyncGenerator<ReadResult> {
  if (stringOption(line, 'address') === undefined) return;
  // Loaded only here: it brings gRPC.
  const live = await import('../live/live-histories.ts');
  yield* live.liveHistories(line);
}

function payloadModulesOf(line: CommandLine, terminal: Terminal): PayloadModules {
  const [codecFile, storageFile] = ['payload-codec', 'external-storage'].map((name) => {
    const file = stringOption(line, name);
    if (file === undefined) return undefined;
    const path = resolve(terminal.cwd, file);
    if (!existsSync(path)) throw new UsageError(`--${name}: there is no file '${file}' in ${terminal.cwd}`);
    return path;
  });
  return { codecFile, storageFile };
}

function replayOptions(line: CommandLine, { cwd }: Terminal): ReplayOptions {
  const workflowsPath = stringOption(line, 'workflows');
  const codePath = stringOption(line, 'bundle');
  const namespace = stringOption(line, 'namespace');
  // Files as they are named on a command line; what is no file is a package.
  const moduleAt = (name: string): string => (existsSync(resolve(cwd, name)) ? resolve(cwd, name) : name);
  const [payloadConverterPath, failureConverterPath] = ['payload-converter', 'failure-converter'].map((name) => {
    const given = stringOption(line, name);
    return given === undefined ? undefined : moduleAt(given);
  });
  return {
    cwd,
    strict: booleanOption(line, 'strict'),
    workflowInterceptorModules: stringsOption(line, 'interceptors').map(moduleAt),
    ignoreModules: stringsOption(line, 'ignore-module'),
    ...(workflowsPath === undefined ? {} : { workflowsPath }),
    ...(codePath === undefined ? {} : { workflowBundle: { codePath } }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(payloadConverterPath === undefined ? {} : { payloadConverterPath }),
    ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
  };
}

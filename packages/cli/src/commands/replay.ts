import { bundlingOptions } from '../command-line/bundling-options.ts';
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { ReplayReport, SourceLookup } from '@reprise/testing/replay';

import type { Command, CommandLine } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import {
  booleanOption,
  choiceOption,
  numberOption,
  stringOption,
  stringsOption,
} from '../command-line/parse-command-line.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { watchSources } from '../dev/watch-sources.ts';
import { CONCURRENCY } from '../live/concurrency.ts';
import { CONNECTION_OPTIONS } from '../live/live-history.ts';
import { untilAskedToStop } from '../live/until-asked-to-stop.ts';
import { checkReporters, type Reporter, parseReporter, renderReport } from '../replay/reporters.ts';
import { replayCorpus, SCOPES } from '../replay/replay-corpus.ts';

export const replay: Command = {
  name: 'replay',
  summary: 'Replay recorded histories against workflow code',
  usage: '--workflows FILE HISTORY ... [options]',
  description: [
    'HISTORY is a file (JSON of the UI or the CLI, protobuf, .gz, .zip), a folder or a glob.',
    'Exit codes: 0 all replay, 1 divergence, 2 usage or bundle, 3 histories missing or unreadable, 4 warnings under --strict.',
  ].join('\n'),
  options: [
    {
      name: 'workflows',
      short: 'w',
      type: 'string',
      value: 'FILE',
      description: 'the module that exports the workflows (TypeScript as it is)',
    },
    { name: 'bundle', type: 'string', value: 'FILE', description: 'a bundle of `reprise bundle` instead' },
    ...bundlingOptions,
    {
      name: 'payload-codec',
      type: 'string',
      value: 'FILE',
      description: 'the module that exports payloadCodecs, as the workers have them',
    },
    {
      name: 'external-storage',
      type: 'string',
      value: 'FILE',
      description: 'the module that exports externalStorage, where workers keep large payloads',
    },
    {
      name: 'type',
      type: 'string',
      multiple: true,
      value: 'NAME',
      description: 'only histories of this workflow type',
    },
    {
      name: 'scope',
      type: 'string',
      choices: SCOPES,
      value: 'SCOPE',
      description: `${SCOPES.join(', ')} executions; default: all`,
    },
    { name: 'strict', type: 'boolean', description: 'changed arguments, results, timers and options are errors' },
    {
      name: 'reporter',
      short: 'r',
      type: 'string',
      multiple: true,
      value: 'NAME[=FILE]',
      description: 'pretty, json, junit, github or sarif; default: pretty',
    },
    {
      name: 'base',
      type: 'string',
      value: 'REF',
      description: 'compare with the code of this commit: old lines, and the change that broke it',
    },
    { name: 'watch', type: 'boolean', description: 'replay again whenever workflow code changes' },
    { name: 'show-values', type: 'boolean', description: 'show values of payloads where the output is not a terminal' },
    ...CONNECTION_OPTIONS,
    { name: 'query', type: 'string', value: 'FILTER', description: 'which executions of the server; default: all' },
    {
      name: 'concurrency',
      type: 'string',
      value: 'N',
      description: 'how many histories are fetched at a time; default: 8',
    },
  ],
  examples: [
    "reprise replay --workflows src/workflows.ts 'histories/**/*.json'",
    'reprise replay -w src/workflows.ts histories --strict --reporter pretty --reporter junit=replay.xml',
    'reprise replay -w src/workflows.ts --address localhost:7233 --query \'ExecutionStatus = "Running"\'',
  ],
  async run(line, terminal) {
    const reporters = reportersOf(line);
    checkReporters(reporters, terminal.cwd);
    choiceOption(line, 'scope', SCOPES);
    numberOption(line, 'concurrency', CONCURRENCY);
    if (line.options['workflows'] === undefined && line.options['bundle'] === undefined) {
      throw new UsageError('which code? Give --workflows FILE (or --bundle FILE)');
    }
    if (line.operands.length === 0 && line.options['address'] === undefined) {
      throw new UsageError('which histories? Give files, folders or globs, or --address');
    }
    if (line.options['query'] !== undefined && line.options['address'] === undefined)
      throw new UsageError('--query chooses executions of a server: give --address HOST:PORT too');
    const workflows = stringOption(line, 'workflows');
    if (workflows !== undefined) checkWorkflows(workflows, terminal.cwd);
    if (!booleanOption(line, 'watch')) return await replayOnce(line, { reporters, terminal });
    if (workflows === undefined) throw new UsageError('--watch needs --workflows FILE');
    return await replayOnEveryChange(workflows, { terminal, replay: () => replayOnce(line, { reporters, terminal }) });
  },
};

function checkWorkflows(file: string, cwd: string): void {
  if (existsSync(resolve(cwd, file))) return;
  throw new UsageError(`--workflows: there is no file or folder '${file}' in ${cwd}`);
}

async function replayOnce(
  line: CommandLine,
  { reporters, terminal }: { reporters: readonly Reporter[]; terminal: Terminal },
): Promise<ExitCode> {
  const outcome = await replayCorpus(line, terminal);
  if ('exitCode' in outcome) {
    terminal.err(outcome.message);
    return outcome.exitCode;
  }
  report(outcome, { reporters, line, terminal });
  return EXIT_CODES[outcome.report.outcome];
}

/** Ends when it is asked to, with the exit code of the last replay. */
async function replayOnEveryChange(
  workflows: string,
  { terminal, replay: replayNow }: { terminal: Terminal; replay: () => Promise<ExitCode> },
): Promise<ExitCode> {
  let last = replayNow();
  const stopWatching = watchSources({
    file: workflows,
    cwd: terminal.cwd,
    onChange: () => {
      terminal.out('\ncode changed');
      last = last.then(replayNow);
    },
  });
  await untilAskedToStop();
  stopWatching();
  return await last;
}

const EXIT_CODES: Readonly<Record<ReplayReport['outcome'], ExitCode>> = {
  ok: ExitCode.ok,
  divergence: ExitCode.divergence,
  corpus: ExitCode.corpus,
  strictWarnings: ExitCode.strictWarnings,
};

function reportersOf(line: CommandLine): Reporter[] {
  const given = stringsOption(line, 'reporter').map(parseReporter);
  return given.length === 0 ? [{ format: 'pretty', file: undefined }] : given;
}

function report(
  { report: replayed, source }: { report: ReplayReport; source: Pick<SourceLookup, 'text'> },
  { reporters, line, terminal }: { reporters: readonly Reporter[]; line: CommandLine; terminal: Terminal },
): void {
  const asked = booleanOption(line, 'show-values');
  for (const { format, file } of reporters) {
    const isScreen = file === undefined && terminal.isInteractive;
    const text = renderReport(replayed, {
      format,
      source,
      useColors: file === undefined && terminal.useColors,
      showValues: asked || isScreen,
    });
    if (file === undefined) terminal.out(text);
    else writeFileSync(resolve(terminal.cwd, file), text.endsWith('\n') ? text : `${text}\n`);
  }
}

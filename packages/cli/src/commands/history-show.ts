import { toJson } from '@reprise/proto/json';
import { CorpusError, type RecordedHistory, readHistoryFile, styleFor } from '@reprise/testing/replay';

import type { Command, CommandLine } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { booleanOption } from '../command-line/parse-command-line.ts';

import type { Terminal } from '../command-line/terminal.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { CONNECTION_OPTIONS, fetchLiveHistory, serverAnswer } from '../live/live-history.ts';
import { renderTimeline } from '../timeline/render-timeline.ts';
import { buildTimeline } from '../timeline/timeline.ts';

export const historyShow: Command = {
  name: 'history show',
  summary: 'Print a history as a timeline',
  usage: '(FILE ... | --address HOST:PORT WORKFLOW_ID) [options]',
  options: [
    ...CONNECTION_OPTIONS,
    { name: 'run-id', type: 'string', value: 'ID', description: 'which run of the workflow id; default: the latest' },
    { name: 'json', type: 'boolean', description: 'print the history itself, as JSON that replay reads' },
  ],
  examples: [
    'reprise history show histories/order-1.json',
    'reprise history show --address localhost:7233 order-1',
    'reprise history show --address localhost:7233 order-1 --json > histories/order-1.json',
  ],
  async run(line, terminal) {
    if (line.operands.length === 0) throw new UsageError('which history? Give a file, or --address and a workflow id');
    let exitCode: ExitCode = ExitCode.ok;
    const isJson = booleanOption(line, 'json');
    let isFirst = true;
    for await (const history of histories(line, terminal)) {
      if (typeof history === 'string') {
        terminal.err(`reprise: ${history}`);
        exitCode = ExitCode.corpus;
      } else {
        if (!isFirst && !isJson) terminal.out('');
        terminal.out(isJson ? asJson(history) : asTimeline(history, terminal));
        isFirst = false;
      }
    }
    return exitCode;
  },
};

/** Histories, or the text of what is wrong with one. */
async function* histories(line: CommandLine, terminal: Terminal): AsyncGenerator<RecordedHistory | string> {
  for (const operand of line.operands) {
    if (line.options['address'] !== undefined) {
      yield await liveHistory(line, operand);
      continue;
    }
    for (const read of readHistoryFile(operand, terminal.cwd)) {
      yield read.kind === 'history' ? read.history : `${read.error.message} (${read.error.code})`;
    }
  }
}

async function liveHistory(line: CommandLine, workflowId: string): Promise<RecordedHistory | string> {
  try {
    return await fetchLiveHistory(line, workflowId);
  } catch (error) {
    const text = error instanceof CorpusError ? error.message : serverAnswer(error);
    if (text === undefined) throw error;
    return text;
  }
}

function asJson(history: RecordedHistory): string {
  return JSON.stringify(toJson('temporal.api.history.v1.History', { events: history.events }), undefined, 1);
}

function asTimeline(history: RecordedHistory, terminal: Terminal): string {
  const timeline = buildTimeline(history.events);
  const started = history.events[0]?.workflowExecutionStartedEventAttributes;
  const seconds = history.events[0]?.eventTime?.seconds ?? 0;
  const header = {
    workflowType: history.workflowType,
    workflowId: history.workflowId,
    runId: history.runId,
    taskQueue: started?.taskQueue?.name ?? '',
    startTime: new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC'),
    eventCount: history.events.length,
    ending: history.isClosed ? timeline.rows.at(-1)?.what : undefined,
  };
  return renderTimeline(timeline, header, { style: styleFor(terminal.useColors), columns: terminal.columns });
}

import { checkHistory, CorpusError, type ReadResult } from '@reprise/testing/replay';

import type { CommandLine } from '../command-line/command.ts';
import { numberOption, stringOption } from '../command-line/parse-command-line.ts';
import { CONCURRENCY } from './concurrency.ts';
import { withClient } from './live-history.ts';

/** The histories of a server's executions, fetched a few at a time and handed out one by one. */
export async function* liveHistories(line: CommandLine): AsyncGenerator<ReadResult> {
  const concurrency = numberOption(line, 'concurrency', CONCURRENCY) ?? 8;
  const query = stringOption(line, 'query');
  const results: ReadResult[] = [];
  let wake: () => void = () => undefined;
  let room: () => void = () => undefined;
  let isDone = false;
  const fetching = withClient(line, async (client) => {
    const listed = client.workflow.list(query === undefined ? {} : { query }).intoHistories({ concurrency });
    for await (const { workflowId, history } of listed) {
      results.push(readResult(history.events ?? [], workflowId));
      wake();
      if (results.length >= concurrency) await new Promise<void>((resolve) => (room = resolve));
    }
  }).finally(() => {
    isDone = true;
    wake();
  });
  for (;;) {
    const next = results.shift();
    room();
    if (next !== undefined) yield next;
    else if (isDone) break;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
  await fetching;
}

function readResult(events: Parameters<typeof checkHistory>[0], workflowId: string): ReadResult {
  try {
    return { kind: 'history', history: checkHistory(events, { workflowId }) };
  } catch (error) {
    if (error instanceof CorpusError) return { kind: 'problem', error };
    throw error;
  }
}

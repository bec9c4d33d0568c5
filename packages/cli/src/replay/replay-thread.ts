/** The main module of a thread that replays files: it bundles the code once, and answers batch by batch. */
import { parentPort, workerData } from 'node:worker_threads';

import {
  CorpusError,
  isWanted,
  openReplayer,
  readHistoryFile,
  type Replayer,
  type ReplayVerdict,
} from '@reprise/testing/replay';

import { loadCodecs } from './codecs.ts';
import type { FromThread, ThreadAnswer, ThreadProblem, ThreadSettings } from './thread-messages.ts';

const settings = workerData as ThreadSettings;
let replayer: Replayer | undefined;

async function answer(files: readonly string[]): Promise<ThreadAnswer> {
  replayer ??= openReplayer({ ...settings.options, payloadCodecs: await loadCodecs(settings.codecFile) });
  const verdicts: ReplayVerdict[] = [];
  const problems: ThreadProblem[] = [];
  const skipped: string[] = [];
  for (const file of files) {
    for (const read of readHistoryFile(file, settings.cwd)) {
      if (read.kind === 'problem') problems.push(sendable(read.error));
      else if (!isWanted(read.history, settings.filter)) skipped.push(read.history.workflowType);
      else await judge(read.history, { replayer, verdicts, problems });
    }
  }
  return { verdicts, problems, skipped };
}

async function judge(
  history: Parameters<Replayer['judge']>[0],
  into: { replayer: Replayer; verdicts: ReplayVerdict[]; problems: ThreadProblem[] },
): Promise<void> {
  try {
    const { problem, ...verdict } = into.replayer.judge(await into.replayer.decode(history));
    if (problem === undefined) into.verdicts.push(verdict);
    else into.problems.push(sendable(problem));
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    into.problems.push(sendable(error));
  }
}

/** Errors lose their class on the way between threads. */
function sendable({ code, file, message }: CorpusError): ThreadProblem {
  return { code, file, problem: file === undefined ? message : message.slice(file.length + 2) };
}

function send(message: FromThread): void {
  parentPort?.postMessage(message);
}

/** Files to replay, or nothing: then the thread is done. */
parentPort?.on('message', (files: readonly string[] | undefined) => {
  if (files === undefined) {
    replayer?.dispose();
    parentPort?.close();
    return;
  }
  answer(files).then(
    (found) => send({ kind: 'answer', answer: found }),
    (error: unknown) =>
      send({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});

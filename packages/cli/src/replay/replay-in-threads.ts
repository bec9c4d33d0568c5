import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import { CorpusError, type ReportBuilder } from '@reprise/testing/replay';

import type { FromThread, ThreadAnswer, ThreadSettings } from './thread-messages.ts';

const BATCH = 50;

/**
 * Replays files in as many threads as there are cores. Each thread asks for its next batch when it is through with one,
 * so nothing piles up, and reports come in whatever order.
 */
export async function replayInThreads(
  files: readonly string[],
  {
    settings,
    builder,
    onProgress,
  }: { settings: ThreadSettings; builder: ReportBuilder; onProgress: (count: number) => void },
): Promise<void> {
  const entry = new URL('./replay-thread.js', import.meta.url);
  let next = 0;
  let done = 0;
  const take = (): readonly string[] => {
    const batch = files.slice(next, next + BATCH);
    next += batch.length;
    return batch;
  };
  const work = async (): Promise<void> => {
    const thread = new Worker(entry, { workerData: settings });
    try {
      for (let batch = take(); batch.length > 0; batch = take()) {
        collect(await ask(thread, batch), builder);
        done += batch.length;
        onProgress(done);
      }
      const ended = once(thread, 'exit');
      thread.postMessage(undefined);
      await ended;
    } finally {
      await thread.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), Math.ceil(files.length / BATCH)) }, work));
}

function collect({ verdicts, problems, skipped }: ThreadAnswer, builder: ReportBuilder): void {
  for (const verdict of verdicts) builder.add(verdict);
  for (const { code, problem, file } of problems) builder.addProblem(new CorpusError(code, problem, { file }));
  for (const workflowType of skipped) builder.addSkipped(workflowType);
}

async function ask(thread: Worker, batch: readonly string[]): Promise<ThreadAnswer> {
  return await new Promise((resolve, reject) => {
    const onMessage = (message: FromThread): void => {
      thread.off('error', reject);
      if (message.kind === 'answer') resolve(message.answer);
      else reject(new Error(`a replay thread failed: ${message.message}`));
    };
    thread.once('message', onMessage);
    thread.once('error', reject);
    thread.postMessage(batch);
  });
}

import { availableParallelism } from 'node:os';

import type { HistoryFilter } from '../replay/history-filter.ts';
import type { HostedCode } from './open-hosted-replayer.ts';
import type { HostedReplayer, Judgement } from './hosted-replayer.ts';

/** Fewer files are replayed sooner than processes start. */
const WORTH_PROCESSES = 400;
const BATCH = 50;

/**
 * Judges files in as many processes as there are cores, where they are many. Each process gets its next batch when it is
 * through with one, so nothing piles up, and judgements come in whatever order.
 */
export async function judgeFiles(
  files: readonly string[],
  { code, ...how }: { code: HostedCode; cwd: string; filter: HistoryFilter },
  onJudged: (judgement: Judgement) => void,
): Promise<void> {
  if (files.length < WORTH_PROCESSES) return await code.replayer.judgeFiles(files, how, onJudged);
  const others = Array.from({ length: availableParallelism() - 1 }, () => code.another());
  let next = 0;
  const work = async (replayer: HostedReplayer): Promise<void> => {
    while (next < files.length) {
      const batch = files.slice(next, next + BATCH);
      next += batch.length;
      await replayer.judgeFiles(batch, how, onJudged);
    }
  };
  try {
    await Promise.all([code.replayer, ...others].map(work));
  } finally {
    for (const replayer of others) replayer.dispose();
  }
}

import { ApplicationFailure, continueAsNew, defineQuery, proxyActivities, setHandler, sleep } from '@reprise/workflow';
import { backoff } from './pacing/backoff.ts';

const { check, publish } = proxyActivities<{
  check(job: string, round: number): Promise<{ state: 'running' | 'done' | 'lost'; progress: number }>;
  publish(job: string, progress: number): Promise<void>;
}>({ startToCloseTimeout: '1 minute' });

export const progress = defineQuery<number>('progress');

export interface Watch {
  job: string;
  round: number;
  /** Rounds of a run, before the next run takes over. */
  perRun: number;
}

/** Looks at a job again and again, each time after a longer pause, in runs that follow one another. */
export async function poller(watch: Watch): Promise<number> {
  let last = 0;
  setHandler(progress, () => last);
  for (let round = watch.round; round < watch.round + watch.perRun; round++) {
    const { state, progress: now } = await check(watch.job, round);
    if (state === 'done') {
      await publish(watch.job, now);
      return now;
    }
    if (state === 'lost') {
      throw ApplicationFailure.nonRetryable(`job ${watch.job} is lost`, 'JobLost');
    }
    if (now > last) {
      last = now;
      await publish(watch.job, now);
    }
    await sleep(backoff(round));
  }
  return await continueAsNew<typeof poller>({ ...watch, round: watch.round + watch.perRun });
}

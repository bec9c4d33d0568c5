import { condition, proxyActivities, sleep } from '@reprise/workflow';

const { step } = proxyActivities<{ step(i: number): Promise<number> }>({ startToCloseTimeout: '1 minute' });

/** Eleven workflow tasks and no activity. */
export async function timers(): Promise<void> {
  for (let i = 0; i < 10; i++) await sleep(1);
}

/** Stays in the cache. */
export async function idle(): Promise<void> {
  await condition(() => false);
}

export async function oneActivity(i: number): Promise<number> {
  return await step(i);
}

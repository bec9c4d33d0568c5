import { condition, proxyActivities } from '@reprise/workflow';

const { greet, step } = proxyActivities<{
  greet(name: string): Promise<string>;
  step(i: number): Promise<number>;
}>({ startToCloseTimeout: '1 minute' });

export async function hello(name: string): Promise<string> {
  return await greet(name);
}

export async function sequential(count: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += await step(i);
  return sum;
}

/** Stays in the cache. */
export async function idle(): Promise<void> {
  await condition(() => false);
}

export async function nothing(): Promise<string> {
  return 'done';
}

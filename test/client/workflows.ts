import {
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
} from '@reprise/workflow';
import type { activities } from './activities.ts';

const { waitForCompletion } = proxyActivities<typeof activities>({
  startToCloseTimeout: '1 minute',
  retry: { maximumAttempts: 1 },
});

export const add = defineSignal<[amount: number]>('add');
export const finish = defineSignal('finish');
export const total = defineQuery<number>('total');
export const brokenQuery = defineQuery<number>('brokenQuery');
export const multiply = defineUpdate<number, [factor: number]>('multiply');

/** Adds what it is told to, until it is told to finish. */
export async function counter(start: number): Promise<number> {
  let current = start;
  let finished = false;
  setHandler(add, (amount) => {
    current += amount;
  });
  setHandler(finish, () => {
    finished = true;
  });
  setHandler(total, () => current);
  setHandler(brokenQuery, () => {
    throw new Error('this query always fails');
  });
  setHandler(
    multiply,
    async (factor) => {
      await sleep(1);
      if (factor === 13) throw ApplicationFailure.nonRetryable('13 brings bad luck', 'Superstition');
      current *= factor;
      return current;
    },
    {
      validator(factor) {
        if (factor === 0) throw new Error('0 is not a factor');
      },
    },
  );
  await condition(() => finished);
  return current;
}

export async function failing(message: string): Promise<void> {
  throw ApplicationFailure.create({ message, type: 'Expected', nonRetryable: true, details: ['detail', 7] });
}

export async function forever(): Promise<void> {
  await condition(() => false);
}

/** Runs `runs` times, each in a run of its own. */
export async function relay(runs: number): Promise<string> {
  if (runs > 1) await continueAsNew<typeof relay>(runs - 1);
  return 'arrived';
}

export async function completedElsewhere(): Promise<string> {
  return waitForCompletion();
}

export async function nothing(): Promise<void> {}

import { expect, test } from 'vitest';

import {
  condition,
  defineQuery,
  getRandomStream,
  proxyActivities,
  setHandler,
  uuid4,
  workflowRandom,
} from '../index.ts';
import { currentRun } from '../runtime.ts';
import { uuidFrom } from './alea.ts';
import { Driver, initialize, query, resultOf, SEED } from './drive.suite.ts';
import { RunRandom } from './run-random.ts';

test('RunRandom gives the numbers that other workers give for the same run id', () => {
  // The seed of run id 019e93d9-da0e-70d6-9f43-888c2c8d3988.
  const random = new RunRandom(SEED);
  expect(random.next()).toBe(0.8810140371788293);
  expect(uuidFrom(() => random.next())).toBe('ce828af4-10ab-45e7-91f7-d0922559bdb7');
  expect(uuidFrom(() => random.next())).toBe('c33cd353-e087-4be1-9d53-ae25f181c1a8');
});

test('uuid4() and the main stream draw from one sequence', async () => {
  const driver = new Driver(async () => [workflowRandom.random(), uuid4(), workflowRandom.uuid4()]);
  expect(resultOf(await driver.intents([initialize()]))).toEqual([
    0.8810140371788293,
    'ce828af4-10ab-45e7-91f7-d0922559bdb7',
    'c33cd353-e087-4be1-9d53-ae25f181c1a8',
  ]);
});

test('getRandomStream() leaves the main stream alone, and with() puts it in its place', async () => {
  const driver = new Driver(async () => {
    const stream = getRandomStream('library');
    const first = stream.random();
    const scoped = stream.with(() => currentRun()?.random());
    const main = currentRun()?.random();
    return {
      isSame: scoped === first,
      main,
      isNamed: getRandomStream('library').random() !== getRandomStream('other').random(),
    };
  });
  expect(resultOf(await driver.intents([initialize()]))).toEqual({
    isSame: false,
    main: 0.8810140371788293,
    isNamed: true,
  });
});

test('interceptors that use a stream do not pass it on to workflow code', async () => {
  const interceptors = () => ({
    inbound: [
      {
        execute: async (input: unknown, next: (input: unknown) => Promise<unknown>) =>
          await getRandomStream('tracing').with(() => next(input)),
      },
    ],
  });
  const driver = new Driver(async () => currentRun()?.random(), { interceptorModules: [{ interceptors }] });
  expect(resultOf(await driver.intents([initialize()]))).toBe(0.8810140371788293);
});

test('queries draw from a generator of their own', async () => {
  let go = false;
  const driver = new Driver(async () => {
    setHandler(defineQuery<number | undefined>('draw'), () => currentRun()?.random());
    await condition(() => go);
    return currentRun()?.random();
  });
  await driver.intents([initialize()]);
  await driver.intents([query('draw')]);
  go = true;
  expect(resultOf(await driver.intents([]))).toBe(0.8810140371788293);
});

test('a new seed starts all streams anew; the last of several counts', async () => {
  let go = false;
  const driver = new Driver(async () => {
    const before = currentRun()?.random();
    await condition(() => go);
    return before === currentRun()?.random();
  });
  await driver.intents([initialize()]);
  go = true;
  const seeds = [[1, 2, 3, 4, 5, 6, 7, 8], SEED].map((seed) => ({ kind: 'updateRandomSeed' as const, seed }));
  expect(resultOf(await driver.intents(seeds))).toBe(true);
});

test('the id of a child takes four numbers, an activity none', async () => {
  const driver = new Driver(async () => {
    const acts = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '1s' });
    void acts.nothing();
    return workflowRandom.random();
  });
  expect(resultOf(await driver.intents([initialize()]))).toBe(0.8810140371788293);
});

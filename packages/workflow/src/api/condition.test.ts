import { expect, test } from 'vitest';

import { condition, defineSignal, setHandler, sleep } from '../index.ts';
import { Driver, initialize, resultOf, signal } from '../run/drive.suite.ts';

test('condition() goes on when its function holds', async () => {
  let isOpen = false;
  const driver = new Driver(async () => {
    setHandler(defineSignal('open'), () => void (isOpen = true));
    await condition(() => isOpen);
    return 'open';
  });
  expect(await driver.intents([initialize()])).toEqual([]);
  expect(resultOf(await driver.intents([signal('open')]))).toBe('open');
});

test('condition() goes on even when a later job of the same activation undoes it', async () => {
  let level = 0;
  const driver = new Driver(async () => {
    setHandler(defineSignal<[number]>('set'), (to) => void (level = to));
    await condition(() => level > 0);
    return level;
  });
  await driver.intents([initialize()]);
  expect(resultOf(await driver.intents([signal('set', 1), signal('set', 0)]))).toBe(0);
});

test('condition() with a timeout gives true and cancels the timer, or gives false', async () => {
  let isOpen = false;
  const wait = async (): Promise<boolean> => {
    setHandler(defineSignal('open'), () => void (isOpen = true));
    return await condition(() => isOpen, '10s');
  };
  const inTime = new Driver(wait);
  expect(await inTime.kinds([initialize()])).toEqual(['startTimer 1']);
  const ended = await inTime.intents([signal('open')]);
  expect(ended.map(({ kind }) => kind)).toEqual(['cancelTimer', 'completeWorkflow']);
  expect(resultOf(ended)).toBe(true);
  isOpen = false;
  const late = new Driver(wait);
  await late.intents([initialize()]);
  expect(resultOf(await late.intents([{ kind: 'fireTimer', seq: 1 }]))).toBe(false);
});

test('condition() with a timeout of 0 is a timeout on new ground, and none where history lacks the patch', async () => {
  const wait = async (): Promise<unknown> => await condition(() => false, 0);
  expect(await new Driver(wait).kinds([initialize()])).toEqual(['setPatchMarker', 'startTimer 1']);
  expect(await new Driver(wait).kinds([initialize()], { isReplaying: true })).toEqual([]);
});

test('conditions that unblock each other all go on in one activation', async () => {
  let step = 0;
  const driver = new Driver(async () => {
    await Promise.all([
      condition(() => step === 2).then(() => (step = 3)),
      condition(() => step === 1).then(() => (step = 2)),
      sleep(1).then(() => (step = 1)),
    ]);
    return step;
  });
  await driver.intents([initialize()]);
  expect(resultOf(await driver.intents([{ kind: 'fireTimer', seq: 1 }]))).toBe(3);
});

test('an error of the function fails the task, not the workflow', async () => {
  const driver = new Driver(async () => {
    let calls = 0;
    await condition(() => {
      if (calls++ > 0) throw new Error('broken condition');
      return false;
    });
  });
  expect(await driver.activate([initialize()])).toMatchObject({
    status: 'failed',
    failure: { message: 'broken condition' },
  });
});

import { expect, test } from 'vitest';

import {
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  proxyActivities,
  sleep,
  Trigger,
} from '../index.ts';
import { activityDone, Driver, initialize, resultOf } from '../run/drive.suite.ts';
import type { Job } from '../runtime.ts';

const CANCEL: Job = { kind: 'cancelWorkflow', reason: 'enough' };
const fire = (seq: number): Job => ({ kind: 'fireTimer', seq });

test('cancelling the workflow cancels its timers and the workflow', async () => {
  const driver = new Driver(async () => await sleep('1 hour'));
  expect(await driver.intents([initialize()])).toMatchObject([{ kind: 'startTimer', seq: 1, delayMs: 3_600_000 }]);
  expect(await driver.kinds([CANCEL])).toEqual(['cancelTimer 1', 'cancelWorkflow']);
});

test('a scope keeps cancellation out of what must not be cancelled', async () => {
  const driver = new Driver(async () => {
    try {
      await sleep(1000);
    } catch (error) {
      await CancellationScope.nonCancellable(() => sleep(5));
      return isCancellation(error);
    }
    return 'unreachable';
  });
  await driver.intents([initialize()]);
  expect(await driver.kinds([CANCEL])).toEqual(['cancelTimer 1', 'startTimer 2']);
  expect(resultOf(await driver.intents([fire(2)]))).toBe(true);
});

test('in a cancelled scope nothing is started, but its number is used up', async () => {
  const driver = new Driver(async () => {
    const scope = new CancellationScope();
    scope.cancel();
    const error = await scope.run(() => sleep(10)).catch((reason: unknown) => reason);
    await sleep(20);
    return error instanceof CancelledFailure && error.message;
  });
  expect(await driver.kinds([initialize()])).toEqual(['startTimer 2']);
  expect(resultOf(await driver.intents([fire(2)]))).toBe('Cancellation scope cancelled');
});

test('withTimeout() cancels what takes too long, and its own timer when it does not', async () => {
  const driver = new Driver(async (): Promise<unknown> => {
    const acts = proxyActivities<{ slow(): Promise<string> }>({ startToCloseTimeout: '1m' });
    return await CancellationScope.withTimeout('5s', () => acts.slow());
  });
  const started = await driver.intents([initialize()]);
  expect(started).toMatchObject([
    { kind: 'startTimer', seq: 1, delayMs: 5_000 },
    { kind: 'scheduleActivity', seq: 1 },
  ]);
  const ended = await driver.intents([activityDone(1, 'in time')]);
  expect(ended.map(({ kind }) => kind)).toEqual(['cancelTimer', 'completeWorkflow']);
});

test('withTimeout() asks the activity to cancel when time is up', async () => {
  const driver = new Driver(async () => {
    const acts = proxyActivities<{ slow(): Promise<string> }>({ startToCloseTimeout: '1m' });
    await CancellationScope.withTimeout('5s', () => acts.slow());
  });
  await driver.intents([initialize()]);
  expect(await driver.kinds([fire(1)])).toEqual(['cancelActivity 1']);
});

test('cancellation goes down the tree level by level, in the order in which things were made', async () => {
  const order: string[] = [];
  const driver = new Driver(async () => {
    const wait = (label: string): void => void sleep(1000).catch(() => order.push(label));
    wait('outer 1');
    void CancellationScope.cancellable(async () => {
      wait('inner 1');
      await CancellationScope.cancellable(async () => wait('innermost'));
    });
    wait('outer 2');
    await condition(() => false);
  });
  await driver.intents([initialize()]);
  expect(await driver.kinds([CANCEL])).toEqual([
    'cancelTimer 1',
    'cancelTimer 4',
    'cancelTimer 2',
    'cancelTimer 3',
    'cancelWorkflow',
  ]);
  expect(order).toEqual(['outer 1', 'outer 2', 'inner 1', 'innermost']);
});

test('reactions of workflow code to cancelRequested keep their place among the timers', async () => {
  const order: string[] = [];
  const driver = new Driver(async () => {
    const wait = (label: string): void => void sleep(1000).catch(() => order.push(label));
    wait('before');
    const { cancelRequested } = CancellationScope.current();
    void cancelRequested.catch(() => void sleep(1, { summary: 'cleanup' }).catch(() => order.push('own')));
    wait('after');
    await condition(() => false);
  });
  await driver.intents([initialize()]);
  const kinds = await driver.kinds([CANCEL]);
  expect(kinds).toEqual(['cancelTimer 1', 'cancelTimer 2', 'cancelWorkflow']);
  expect(order).toEqual(['before', 'after', 'own']);
});

test('a scope forgets what has ended', async () => {
  const driver = new Driver(async () => {
    for (let i = 1; i <= 3; i++) await sleep(1);
    await sleep(100);
  });
  await driver.intents([initialize()]);
  for (const seq of [1, 2, 3]) await driver.intents([fire(seq)]);
  expect(await driver.kinds([CANCEL])).toEqual(['cancelTimer 4', 'cancelWorkflow']);
});

test('a Trigger is resolved from outside, and rejects with its scope', async () => {
  const driver = new Driver(async () => {
    const open = new Trigger<string>();
    const shut = new Trigger<string>();
    open.resolve('opened');
    const first = await open;
    const second = await (shut as PromiseLike<string>).then(undefined, (error: unknown) => isCancellation(error));
    return [first, second];
  });
  await driver.intents([initialize()]);
  expect(resultOf(await driver.intents([CANCEL]))).toEqual(['opened', true]);
});

test('CancellationScope.current() is the scope of the flow, also after awaits', async () => {
  const driver = new Driver(async () => {
    const outer = CancellationScope.current();
    return await CancellationScope.cancellable(async () => {
      const inner = CancellationScope.current();
      await Promise.resolve();
      return [inner === CancellationScope.current(), inner === outer, inner.parent === outer];
    });
  });
  expect(resultOf(await driver.intents([initialize()]))).toEqual([true, false, true]);
});

test('histories of before shields let cancellation into what is inside a non-cancellable scope', async () => {
  const shielded = async (): Promise<string> => {
    try {
      await CancellationScope.nonCancellable(() => CancellationScope.cancellable(() => sleep(1000)));
      return 'kept';
    } catch (error) {
      return isCancellation(error) ? 'cancelled' : 'failed';
    }
  };
  const timed = async (): Promise<unknown> =>
    await CancellationScope.nonCancellable(() => condition(() => false, '1 minute')).catch(isCancellation);
  for (const [workflow, result] of [
    [shielded, 'cancelled'],
    [timed, true],
  ] as const) {
    const older = new Driver(workflow);
    await older.intents([initialize()], { isReplaying: true });
    const ended = await older.intents([CANCEL], { isReplaying: true });
    expect(ended.map(({ kind }) => kind)).toEqual(['cancelTimer', 'completeWorkflow']);
    expect(resultOf(ended)).toBe(result);
    const newer = new Driver(workflow);
    await newer.intents([initialize()], { isReplaying: true, knownFlags: [1] });
    expect(await newer.intents([CANCEL], { isReplaying: true, knownFlags: [1] })).toEqual([]);
  }
});

import { expect, test } from 'vitest';

import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineSignal,
  setDefaultSignalHandler,
  setHandler,
  sleep,
  type HandlerUnfinishedPolicy,
} from '../index.ts';
import { Driver, initialize, resultOf, signal } from './drive.suite.ts';

const add = defineSignal<[number]>('add');

test('signals that came with the start reach handlers before the workflow goes past its first await', async () => {
  const seen: unknown[] = [];
  const driver = new Driver(async () => {
    seen.push('started');
    setHandler(add, (n) => void seen.push(n));
    seen.push('handler set');
    await Promise.resolve();
    return seen;
  });
  const started = await driver.intents([initialize(), signal('add', 1), signal('add', 2)]);
  expect(resultOf(started)).toEqual(['started', 1, 2, 'handler set']);
});

test('signals without a handler are kept, in order, until there is one', async () => {
  const seen: unknown[] = [];
  const driver = new Driver(async () => {
    await sleep(1);
    setHandler(add, (n) => void seen.push(n));
    setDefaultSignalHandler((name, ...args) => void seen.push([name, ...args]));
    return seen;
  });
  await driver.intents([initialize(), signal('other', 'x'), signal('add', 1), signal('add', 2)]);
  expect(resultOf(await driver.intents([{ kind: 'fireTimer', seq: 1 }]))).toEqual([1, 2, ['other', 'x']]);
});

test('a signal that was kept runs in the scope that set its handler', async () => {
  const driver = new Driver(async () => {
    await CancellationScope.withTimeout(1000, async () => {
      setHandler(add, async (n) => {
        await sleep(n);
      });
      CancellationScope.current().cancel();
    }).catch(() => undefined);
    await condition(() => false);
  });
  const asked = await driver.intents([initialize(), signal('add', 7)]);
  const timers = asked.filter(({ kind }) => kind === 'startTimer' || kind === 'cancelTimer');
  expect(timers).toMatchObject([
    { kind: 'startTimer', delayMs: 1000 },
    { kind: 'startTimer', seq: 2, delayMs: 7 },
    { kind: 'cancelTimer', seq: 2 },
    { kind: 'cancelTimer', seq: 1 },
  ]);
});

test('a handler can be taken away', async () => {
  const seen: unknown[] = [];
  const driver = new Driver(async () => {
    setHandler(add, (n) => void seen.push(n));
    setHandler(add, undefined);
    await condition(() => false);
  });
  await driver.intents([initialize()]);
  await driver.intents([signal('add', 1)]);
  expect(seen).toEqual([]);
});

test('a failure that a handler throws fails the workflow, another error fails the task', async () => {
  const failing = (error: Error) => async (): Promise<void> => {
    setHandler(add, () => {
      throw error;
    });
    await condition(() => false);
  };
  const failure = new Driver(failing(ApplicationFailure.nonRetryable('no', 'No')));
  expect(await failure.kinds([initialize(), signal('add', 1)])).toEqual(['failWorkflow']);
  const other = new Driver(failing(new Error('bug')));
  expect(await other.activate([initialize(), signal('add', 1)])).toMatchObject({
    status: 'failed',
    failure: { message: 'bug' },
  });
});

test('allHandlersFinished() waits for async handlers', async () => {
  const driver = new Driver(async () => {
    let sum = 0;
    setHandler(add, async (n) => {
      await sleep(1);
      sum += n;
    });
    await condition(() => !allHandlersFinished());
    await condition(allHandlersFinished);
    return sum;
  });
  await driver.intents([initialize(), signal('add', 3)]);
  expect(resultOf(await driver.intents([{ kind: 'fireTimer', seq: 1 }]))).toBe(3);
});

test('handlers that are cut short are warned of, unless their policy says otherwise', async () => {
  const ending = (unfinishedPolicy: HandlerUnfinishedPolicy) => async (): Promise<void> => {
    setHandler(add, async () => await sleep(1000), { unfinishedPolicy });
    await condition(() => !allHandlersFinished());
  };
  const warned = await new Driver(ending('WARN_AND_ABANDON')).activate([
    initialize(),
    signal('add', 1),
    signal('add', 2),
  ]);
  const lines = warned.sinkCalls.filter(({ functionName }) => functionName === 'warn').map(({ argsText }) => argsText);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('[TMPRL1102]');
  expect(lines[0]).toContain('{\\"name\\":\\"add\\",\\"count\\":2}');
  const silent = await new Driver(ending('ABANDON')).activate([initialize(), signal('add', 1)]);
  expect(silent.sinkCalls.filter(({ functionName }) => functionName === 'warn')).toEqual([]);
});

test('older histories apply signals in a batch of their own', async () => {
  const order: string[] = [];
  const workflow = async (): Promise<void> => {
    setHandler(add, () => void Promise.resolve().then(() => order.push('after signal')));
    await sleep(1).then(() => order.push('after timer'));
  };
  const fire = { kind: 'fireTimer' as const, seq: 1 };
  const older = new Driver(workflow);
  await older.intents([initialize()]);
  await older.intents([fire, signal('add', 1)], { isReplaying: true });
  expect(order.splice(0)).toEqual(['after signal', 'after timer']);
  const newer = new Driver(workflow);
  await newer.intents([initialize()]);
  const completion = await newer.activate([signal('add', 1), fire], { isReplaying: true, knownFlags: [2] });
  expect(order).toEqual(['after signal', 'after timer']);
  expect(completion).toMatchObject({ usedFlags: [2] });
});

test('reserved names have no handlers', async () => {
  const driver = new Driver(async () => setHandler(defineSignal('__temporal_mine'), () => undefined));
  expect(await driver.activate([initialize()])).toMatchObject({
    failure: { message: "Cannot use signal name: '__temporal_mine', with reserved prefix: '__temporal_'" },
  });
});

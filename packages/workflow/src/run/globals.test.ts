import { expect, test } from 'vitest';

import { condition, IllegalStateError } from '../index.ts';
import { currentRun, requireCurrentRun } from '../runtime.ts';
import { Driver, initialize } from './drive.suite.ts';

const timers = () => requireCurrentRun();
const fire = (seq: number) => ({ kind: 'fireTimer' as const, seq });

test('setTimeout() calls back when its timer fires; the handle is the number of the timer', async () => {
  const seen: unknown[] = [];
  const driver = new Driver(async () => {
    seen.push(timers().setTimeout((...args) => seen.push(args), 0, 'a', 'b'));
    await condition(() => false);
  });
  expect(await driver.intents([initialize()])).toMatchObject([{ kind: 'startTimer', seq: 1, delayMs: 1 }]);
  await driver.intents([fire(1)]);
  expect(seen).toEqual([1, ['a', 'b']]);
});

test('clearTimeout() cancels the timer of its own run only', async () => {
  const first = new Driver(async () => {
    const handle = timers().setTimeout(() => undefined, 10);
    await condition(() => timers().nowMs >= 3_000);
    timers().clearTimeout(handle);
    await condition(() => false);
  });
  const second = new Driver(async () => {
    timers().setTimeout(() => undefined, 10);
    await condition(() => false);
  });
  await first.intents([initialize()]);
  await second.intents([initialize()]);
  expect(await first.kinds([])).toEqual(['cancelTimer 1']);
  expect(await second.kinds([])).toEqual([]);
});

test('clearTimeout() of a handle that does not run uses up a number, as histories have it', async () => {
  const driver = new Driver(async () => {
    timers().clearTimeout(77);
    timers().clearTimeout(undefined);
    timers().setTimeout(() => undefined, 10);
    await condition(() => false);
  });
  expect(await driver.kinds([initialize()])).toEqual(['cancelTimer 77', 'startTimer 2']);
});

test('histories without the flag know timers outside of scopes', async () => {
  const seen: string[] = [];
  const driver = new Driver(async () => {
    const cancelled = timers().setTimeout(() => seen.push('cancelled'), 10);
    timers().setTimeout(() => seen.push('fired'), 20);
    timers().clearTimeout(cancelled);
    await condition(() => false);
  });
  const kinds = await driver.kinds([initialize()], { isReplaying: true });
  expect(kinds).toEqual(['startTimer 1', 'startTimer 2', 'cancelTimer 1']);
  await driver.intents([fire(2)], { isReplaying: true });
  expect(seen).toEqual(['fired']);
});

test('the console is silent while history is replayed', async () => {
  const workflow = async (): Promise<void> => timers().console('log', ['hello', 1]);
  const live = await new Driver(workflow).activate([initialize()]);
  const lines = live.sinkCalls.filter(({ interfaceName }) => interfaceName === '__temporal_console');
  expect(lines).toMatchObject([{ functionName: 'log', argsText: '["[main(wf)]","hello",1]' }]);
  const replayed = await new Driver(workflow).activate([initialize()], { isReplaying: true });
  expect(replayed.sinkCalls).toEqual([]);
});

test('outside of a run there is nothing to ask', () => {
  const driver = new Driver(async () => undefined);
  driver.run.dispose();
  expect(currentRun()).toBeUndefined();
  expect(() => requireCurrentRun()).toThrow(IllegalStateError);
});

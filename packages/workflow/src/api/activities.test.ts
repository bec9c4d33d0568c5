import { expect, test } from 'vitest';

import { ActivityFailure, proxyActivities, proxyLocalActivities, scheduleActivity } from '../index.ts';
import { activityDone, Driver, initialize, resultOf, value, wall } from '../run/drive.suite.ts';
import type { IntentOf, WallHeaders } from '../runtime.ts';

interface Activities {
  add(a: number, b: number): Promise<number>;
}

test('a proxied activity carries its options and waits for its result', async () => {
  const driver = new Driver(async () => {
    const acts = proxyActivities<Activities>({
      startToCloseTimeout: '30 seconds',
      heartbeatTimeout: 5_000,
      retry: { maximumAttempts: 3 },
      cancellationType: 'WAIT_CANCELLATION_COMPLETED',
      summary: 'adds',
    });
    return await acts.add(1, 2);
  });
  const [asked] = await driver.intents([initialize()]);
  expect(asked).toEqual({
    kind: 'scheduleActivity',
    seq: 1,
    activityId: '1',
    activityType: 'add',
    args: [wall(1), wall(2)],
    headers: {},
    taskQueue: 'queue',
    startToCloseTimeoutMs: 30_000,
    heartbeatTimeoutMs: 5_000,
    retryPolicy: { initialIntervalMs: 1_000, maximumAttempts: 3 },
    cancellation: 'WAIT_CANCELLATION_COMPLETED',
    doNotEagerlyExecute: false,
    userMetadata: { summary: wall('adds') },
  });
  expect(resultOf(await driver.intents([activityDone(1, 3)]))).toBe(3);
});

test('executeWithOptions() overrides the options of the proxy for one call', async () => {
  const driver = new Driver(async () => {
    const acts = proxyActivities<Activities>({ startToCloseTimeout: '1s', retry: { maximumAttempts: 2 } });
    const overrides = { taskQueue: 'elsewhere', activityId: 'mine', retry: { initialInterval: '5s' as const } };
    void acts.add.executeWithOptions(overrides, [1, 2]);
  });
  const [asked] = await driver.intents([initialize()]);
  expect(asked).toMatchObject({
    activityId: 'mine',
    taskQueue: 'elsewhere',
    startToCloseTimeoutMs: 1_000,
    retryPolicy: { maximumAttempts: 2, initialIntervalMs: 5_000 },
  });
});

test('an activity without a time limit is refused where it is called', async () => {
  const driver = new Driver(async () => await scheduleActivity('add', [], {}));
  const completion = await driver.activate([initialize()]);
  expect(completion).toMatchObject({
    status: 'failed',
    failure: { message: 'Required either scheduleToCloseTimeout or startToCloseTimeout' },
  });
});

test('a proxy without a time limit is refused where it is made', () => {
  const refused = new TypeError('Required either scheduleToCloseTimeout or startToCloseTimeout');
  expect(() => proxyActivities({})).toThrow(refused);
  expect(() => proxyLocalActivities({})).toThrow(refused);
});

test('symbols are no activities', () => {
  const acts = proxyActivities({ startToCloseTimeout: 1 });
  expect(() => Reflect.get(acts, Symbol.iterator) as unknown).toThrow('Only strings are supported for Activity types');
});

test('an activity that fails throws ActivityFailure with its cause', async () => {
  const driver = new Driver(async () => {
    try {
      await scheduleActivity('add', [], { startToCloseTimeout: 1 });
    } catch (error) {
      return error instanceof ActivityFailure && [error.activityType, error.retryState, error.cause?.message];
    }
    return 'unreachable';
  });
  await driver.intents([initialize()]);
  const failure = {
    message: 'Activity task failed',
    activityFailureInfo: { activityType: { name: 'add' }, activityId: '1', retryState: 4 },
    cause: { message: 'no', applicationFailureInfo: { type: 'Error' } },
  };
  const failed = await driver.intents([
    { kind: 'resolveActivity', seq: 1, isLocal: false, resolution: { status: 'failed', failure } },
  ]);
  expect(resultOf(failed)).toEqual(['add', 'MAXIMUM_ATTEMPTS_REACHED', 'no']);
});

test('a local activity that must wait long is scheduled again after a timer, under a new number', async () => {
  const driver = new Driver(async () => {
    const acts = proxyLocalActivities<Activities>({ startToCloseTimeout: '1s', localRetryThreshold: '10s' });
    return await acts.add(1, 2);
  });
  expect(await driver.intents([initialize()])).toMatchObject([
    { kind: 'scheduleLocalActivity', seq: 1, attempt: 1, activityId: '1', localRetryThresholdMs: 10_000 },
  ]);
  const backoff = { status: 'backoff' as const, attempt: 2, backoffMs: 20_000, originalScheduleTimeMs: 1_500 };
  const waiting = await driver.intents([{ kind: 'resolveActivity', seq: 1, isLocal: true, resolution: backoff }]);
  expect(waiting).toMatchObject([{ kind: 'startTimer', seq: 1, delayMs: 20_000 }]);
  const again = await driver.intents([{ kind: 'fireTimer', seq: 1 }]);
  expect(again).toMatchObject([{ kind: 'scheduleLocalActivity', seq: 2, attempt: 2, originalScheduleTimeMs: 1_500 }]);
  const done = { status: 'completed' as const, result: wall(3) };
  expect(resultOf(await driver.intents([{ kind: 'resolveActivity', seq: 2, isLocal: true, resolution: done }]))).toBe(
    3,
  );
});

test('a local activity that the worker does not have fails the task, but not while replaying', async () => {
  const workflow = async (): Promise<unknown> =>
    await proxyLocalActivities<Activities>({ startToCloseTimeout: 1 }).add(1, 2);
  const creation = { registeredActivityNames: ['other'] };
  expect(await new Driver(workflow, { creation }).activate([initialize()])).toMatchObject({
    status: 'failed',
    failure: { message: "Local activity of type 'add' not registered on worker" },
  });
  const replayed = await new Driver(workflow, { creation }).kinds([initialize()], { isReplaying: true });
  expect(replayed).toEqual(['scheduleLocalActivity 1']);
  const fallback = new Driver(workflow, { creation: { registeredActivityNames: ['default'] } });
  expect(await fallback.kinds([initialize()])).toEqual(['scheduleLocalActivity 1']);
});

test('interceptors see and change calls, the first one outermost', async () => {
  const order: string[] = [];
  const interceptor = (name: string) => ({
    scheduleActivity: async (
      input: { args: unknown[]; headers: WallHeaders },
      next: (input: unknown) => Promise<unknown>,
    ) => {
      order.push(name);
      return await next({ ...input, args: [...input.args, name] });
    },
  });
  const interceptors = () => ({ outbound: [interceptor('outer'), {}, interceptor('inner')] });
  const driver = new Driver(async () => await scheduleActivity('echo', ['own'], { startToCloseTimeout: 1 }), {
    interceptorModules: [{ interceptors }],
  });
  const [asked] = await driver.intents([initialize()]);
  expect(order).toEqual(['outer', 'inner']);
  expect((asked as IntentOf<'scheduleActivity'>).args.map(value)).toEqual(['own', 'outer', 'inner']);
});

import { expect, test } from 'vitest';

import {
  createEventGroup,
  defineSearchAttributeKey,
  inWorkflowContext,
  log,
  makeContinueAsNewFunc,
  metricMeter,
  proxySinks,
  scheduleActivity,
  scheduleLocalActivity,
  sleep,
  startChild,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '../index.ts';
import { Driver, FACTS, resultOf, wall } from './drive.suite.ts';
import type { JobOf } from '../runtime.ts';

const typed = (type: string, value: unknown) => ({ m: { encoding: 'json/plain', type }, d: JSON.stringify(value) });
const start: JobOf<'initialize'> = {
  kind: 'initialize',
  args: [],
  headers: {},
  facts: {
    ...FACTS,
    memo: { kept: wall('yes'), gone: wall(1) },
    searchAttributes: { Colour: typed('Keyword', 'red'), When: typed('Datetime', '2026-01-02T00:00:00.000Z') },
    retryPolicy: { maximumAttempts: 3, initialIntervalMs: 500 },
    parent: { workflowId: 'p', runId: 'pr', namespace: 'default' },
    lastResult: [wall('before')],
  },
};

test('workflowInfo() says what is known of the run', async () => {
  const driver = new Driver(async () => {
    const info = workflowInfo();
    const { memo, searchAttributes, retryPolicy, parent, lastResult, historyLength, unsafe } = info;
    const isSame = info === workflowInfo() && Object.isFrozen(info) && inWorkflowContext();
    const when = info.typedSearchAttributes.get(defineSearchAttributeKey('When', 'DATETIME'))?.getTime();
    return {
      isSame,
      memo,
      colour: searchAttributes['Colour'],
      when,
      retryPolicy,
      parent,
      lastResult,
      historyLength,
      isReplaying: unsafe.isReplaying,
    };
  });
  expect(resultOf(await driver.intents([start], { historyLength: 9 }))).toEqual({
    isSame: true,
    memo: { kept: 'yes', gone: 1 },
    colour: ['red'],
    when: Date.UTC(2026, 0, 2),
    retryPolicy: { maximumAttempts: 3, initialInterval: 500, nonRetryableErrorTypes: [] },
    parent: { workflowId: 'p', runId: 'pr', namespace: 'default' },
    lastResult: 'before',
    historyLength: 9,
    isReplaying: false,
  });
});

test('modules and interceptors know the run as soon as they are loaded', async () => {
  let known: unknown;
  const interceptors = (): object => {
    const { memo, attempt, historyLength } = workflowInfo();
    known = { memo, attempt, historyLength };
    return {};
  };
  const main = async () => {
    upsertMemo({ note: 'new' });
    return workflowInfo().memo;
  };
  const driver = new Driver(main, { interceptorModules: [{ interceptors }] });
  expect(resultOf(await driver.intents([start]))).toEqual({ kept: 'yes', gone: 1, note: 'new' });
  expect(known).toEqual({ memo: { kept: 'yes', gone: 1 }, attempt: 1, historyLength: 3 });
});

test('an info that a workflow returns has a priority, and nothing for what is no data', async () => {
  const driver = new Driver(async () => workflowInfo());
  expect(resultOf(await driver.intents([start]))).toMatchObject({ priority: {}, typedSearchAttributes: [{}, {}] });
  const { unsafe } = resultOf(await driver.intents([start])) as { unsafe: object };
  expect(unsafe).toEqual({ isReplaying: false, isReplayingHistoryEvents: false });
});

test('upserts are seen at once, and null takes away', async () => {
  const colour = defineSearchAttributeKey('Colour', 'KEYWORD');
  const driver = new Driver(async () => {
    const before = workflowInfo();
    upsertMemo({ note: 'new', gone: null });
    upsertSearchAttributes({ Colour: ['blue'] });
    const untyped = workflowInfo().searchAttributes['Colour'];
    upsertSearchAttributes([{ key: colour, value: 'green' }]);
    const { typedSearchAttributes, memo } = workflowInfo();
    const green = typedSearchAttributes.get(colour);
    upsertSearchAttributes([{ key: colour, value: null }]);
    const isGone = workflowInfo().typedSearchAttributes.get(colour) === undefined;
    return { memo, untyped, green, isGone, isOther: before !== workflowInfo() };
  });
  const intents = await driver.intents([start]);
  expect(intents.slice(0, 4)).toEqual([
    { kind: 'modifyProperties', memo: { note: wall('new'), gone: wall(undefined) } },
    { kind: 'upsertSearchAttributes', searchAttributes: { Colour: { m: { encoding: 'json/plain' }, d: '["blue"]' } } },
    { kind: 'upsertSearchAttributes', searchAttributes: { Colour: typed('Keyword', 'green') } },
    { kind: 'upsertSearchAttributes', searchAttributes: { Colour: { m: { encoding: 'json/plain' }, d: 'null' } } },
  ]);
  expect(resultOf(intents)).toEqual({
    memo: { kept: 'yes', note: 'new' },
    untyped: ['blue'],
    green: 'green',
    isGone: true,
    isOther: true,
  });
});

test('an untyped attribute without a value is taken away', async () => {
  const driver = new Driver(async () => {
    upsertSearchAttributes({ Colour: undefined });
    return Object.keys(workflowInfo().searchAttributes);
  });
  const intents = await driver.intents([start]);
  expect(intents[0]).toMatchObject({ searchAttributes: { Colour: { d: '[]' } } });
  expect(resultOf(intents)).toEqual(['When']);
});

test('logs, metrics and sinks are handed to the host, once', async () => {
  const workflow = async (): Promise<void> => {
    log.info('charged', { orderId: 7, error: new Error('kept'), size: 10n });
    metricMeter.createCounter('orders').add(2, { region: 'eu' });
    proxySinks<{ audit: { note(text: string, count: number): void } }>().audit.note('x', 1);
  };
  const live = await new Driver(workflow).activate([start]);
  const calls = live.sinkCalls.filter(({ argsJson }) => !argsJson.startsWith('["Workflow '));
  expect(calls.map(({ interfaceName, functionName }) => `${interfaceName} ${functionName}`)).toEqual([
    '__temporal_logger info',
    '__temporal_metrics record',
    'audit note',
  ]);
  const [logged, measured, noted] = calls.map(({ argsJson }) => JSON.parse(argsJson) as unknown[]);
  expect(logged).toMatchObject([
    'charged',
    { orderId: 7, error: { message: 'kept' }, size: '10', workflowId: 'wf', sdkComponent: 'workflow' },
  ]);
  expect(measured).toMatchObject([
    { name: 'orders', kind: 'counter', value: 2, tags: { region: 'eu', workflowType: 'main' } },
  ]);
  expect(noted).toEqual(['x', 1]);
  const replayed = await new Driver(workflow).activate([start], { isReplaying: true });
  expect(replayed.sinkCalls).toMatchObject([{ interfaceName: 'audit', isReplaying: true }]);
});

test('an event group is noted on all that its scope asks for', async () => {
  const driver = new Driver(async () => {
    const group = createEventGroup('checkout');
    void group.withScope(() => sleep(1));
    void sleep(2, { eventGroups: [createEventGroup('other', { id: 'own' })] });
    void sleep(3);
    const eventGroups = [createEventGroup('shop', { id: 'shop' })];
    const options = { startToCloseTimeout: 1_000, eventGroups };
    void group.withScope(() => scheduleActivity('pack', [], options));
    void scheduleLocalActivity('weigh', [], options);
    void startChild('ship', { workflowId: 'ship', eventGroups });
    await makeContinueAsNewFunc({ eventGroups })();
  });
  const intents = await driver.intents([start]);
  const shop = { id: 'shop', label: 'shop' };
  expect(intents.map(({ eventGroups }) => eventGroups)).toEqual([
    [{ id: expect.stringMatching(/^[0-9a-f]{40}$/) as string, label: 'checkout' }],
    [{ id: 'own', label: 'other' }],
    undefined,
    [{ id: expect.any(String) as string, label: 'checkout' }, shop],
    [shop],
    [shop],
    [shop],
  ]);
});

test('the places of intents can be asked for, or come with them', async () => {
  async function asksHere(): Promise<void> {
    await sleep(1);
  }
  const lazy = new Driver(asksHere);
  const [intent] = await lazy.intents([start]);
  expect(intent).not.toHaveProperty('place');
  expect(lazy.run.places()).toEqual([expect.stringContaining('asksHere')]);
  const eager = new Driver(asksHere, { creation: { places: 'eager' } });
  expect(await eager.intents([start])).toMatchObject([{ place: expect.stringContaining('asksHere') as string }]);
  const none = new Driver(asksHere, { creation: { places: 'none' } });
  await none.intents([start]);
  expect(none.run.places()).toEqual(['']);
});

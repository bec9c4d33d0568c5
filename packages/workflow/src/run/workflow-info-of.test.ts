import { valueFromText } from '@reprise/common';
import { expect, test } from 'vitest';

import {
  condition,
  createEventGroup,
  defineQuery,
  defineSearchAttributeKey,
  inWorkflowContext,
  log,
  makeContinueAsNewFunc,
  metricMeter,
  proxySinks,
  scheduleActivity,
  scheduleLocalActivity,
  setHandler,
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
  const calls = live.sinkCalls.filter(({ argsText }) => !argsText.startsWith('["Workflow '));
  expect(calls.map(({ interfaceName, functionName }) => `${interfaceName} ${functionName}`)).toEqual([
    '__temporal_logger info',
    '__temporal_metrics record',
    'audit note',
  ]);
  const [logged, measured, noted] = calls.map(({ argsText }) => valueFromText(argsText) as unknown[]);
  expect(logged).toMatchObject([
    'charged',
    { orderId: 7, error: { message: 'kept' }, size: 10n, workflowId: 'wf', sdkComponent: 'workflow' },
  ]);
  expect(measured).toMatchObject([
    { name: 'orders', kind: 'counter', value: 2, tags: { region: 'eu', workflowType: 'main' } },
  ]);
  expect(noted).toEqual(['x', 1]);
  const replayed = await new Driver(workflow).activate([start], { isReplaying: true });
  expect(replayed.sinkCalls).toMatchObject([{ interfaceName: 'audit', isReplaying: true }]);
});

test('a sink is told of the workflow as it is at the call', async () => {
  const driver = new Driver(async () => {
    const { audit } = proxySinks<{ audit: { note(): void } }>();
    audit.note();
    upsertMemo({ note: 'new' });
    upsertSearchAttributes({ When: [new Date(8)] });
    audit.note();
  });
  const { sinkCalls } = await driver.activate([start]);
  const infos = sinkCalls.flatMap(({ infoText }) => (infoText === undefined ? [] : [valueFromText(infoText)]));
  expect(infos).toMatchObject([
    { memo: { kept: 'yes' }, historyLength: 3 },
    { memo: { kept: 'yes', note: 'new' }, searchAttributes: { When: [new Date(8)] }, historyLength: 3 },
  ]);
  expect(infos[0]).not.toHaveProperty('memo.note');
});

test('what a query logs and tells sinks is heard, though the run seems to replay', async () => {
  const driver = new Driver(async () => {
    setHandler(defineQuery('look'), () => {
      log.info('looked at');
      proxySinks<{ audit: { note(): void } }>().audit.note();
      return workflowInfo().unsafe.isReplaying;
    });
    await condition(() => false);
  });
  await driver.activate([start]);
  const answered = await driver.activate([{ kind: 'query', id: 'q', name: 'look', args: [], headers: {} }]);
  expect(answered).toMatchObject({ intents: [{ kind: 'answerQuery', result: { d: 'true' } }] });
  expect(answered.sinkCalls.map(({ interfaceName, isReplaying }) => [interfaceName, isReplaying])).toEqual([
    ['__temporal_logger', undefined],
    ['audit', undefined],
  ]);
});

test('untyped attributes have the types that they had, or that their values seem to have', async () => {
  const driver = new Driver(async () => {
    upsertSearchAttributes([{ key: defineSearchAttributeKey('Colour', 'KEYWORD'), value: 'red' }]);
    upsertSearchAttributes({ Colour: ['blue'], Due: [new Date(6)], Size: [3], Tags: ['a', 'b'], Gone: ['x'] });
    upsertSearchAttributes({ Gone: [] });
    const { searchAttributes, typedSearchAttributes } = workflowInfo();
    return { due: searchAttributes['Due']?.[0] instanceof Date, typed: typedSearchAttributes.getAll() };
  });
  const intents = await driver.intents([{ ...start, facts: { ...start.facts, searchAttributes: {} } }]);
  expect(resultOf(intents)).toEqual({
    due: true,
    typed: [
      { key: { name: 'Colour', type: 'KEYWORD' }, value: 'blue' },
      { key: { name: 'Due', type: 'DATETIME' }, value: new Date(6).toISOString() },
      { key: { name: 'Size', type: 'INT' }, value: 3 },
      { key: { name: 'Tags', type: 'KEYWORD_LIST' }, value: ['a', 'b'] },
    ],
  });
});

test('random numbers that replay does not repeat stay out of JSON', async () => {
  const driver = new Driver(async () => workflowInfo());
  expect(resultOf(await driver.intents([start]))).toMatchObject({
    unsafe: { isReplaying: false, isReplayingHistoryEvents: false },
    priority: {},
  });
  expect(resultOf(await new Driver(async () => workflowInfo()).intents([start]))).not.toHaveProperty('unsafe.random');
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

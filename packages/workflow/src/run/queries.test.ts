import { expect, test } from 'vitest';

import {
  condition,
  defineQuery,
  patched,
  setCurrentDetails,
  setDefaultQueryHandler,
  setHandler,
  sleep,
} from '../index.ts';
import { Driver, initialize, query, value } from './drive.suite.ts';
import type { Intent, IntentOf } from '../runtime.ts';

function answerOf(intents: readonly Intent[]): unknown {
  expect(intents.map(({ kind }) => kind)).toEqual(['answerQuery']);
  const [answer] = intents as IntentOf<'answerQuery'>[];
  return answer?.failure === undefined ? value(answer?.result) : answer.failure;
}

function serving(serve: () => void): () => Promise<void> {
  return async () => {
    serve();
    await sleep(1000);
  };
}

test('a query is answered by its handler, also when the workflow has closed', async () => {
  const driver = new Driver(async () => setHandler(defineQuery<number, [number]>('double'), (n) => n * 2));
  await driver.intents([initialize()]);
  expect(answerOf(await driver.intents([query('double', 21)]))).toBe(42);
});

test('an unknown query names those that are known; the default handler takes the others', async () => {
  const driver = new Driver(serving(() => setHandler(defineQuery<number>('one'), () => 1)));
  await driver.intents([initialize()]);
  expect(answerOf(await driver.intents([query('two')]))).toMatchObject({
    message:
      'Workflow did not register a handler for two. Registered queries: [__stack_trace __enhanced_stack_trace __temporal_workflow_metadata one]',
    applicationFailureInfo: { type: 'ReferenceError' },
  });
  const open = new Driver(serving(() => setDefaultQueryHandler((name, ...args) => [name, ...args])));
  await open.intents([initialize()]);
  expect(answerOf(await open.intents([query('two', 2)]))).toEqual(['two', 2]);
});

test('a handler must not be async', async () => {
  const driver = new Driver(
    serving(() => setHandler(defineQuery<unknown>('late'), async () => await Promise.resolve(1))),
  );
  await driver.intents([initialize()]);
  expect(answerOf(await driver.intents([query('late')]))).toMatchObject({
    message: 'Query handlers should not return a Promise',
  });
});

test('what a query asks for does not count, and neither do its numbers', async () => {
  let isOpen = false;
  const driver = new Driver(async () => {
    setHandler(defineQuery<boolean>('meddle'), () => {
      void sleep(5).catch(() => undefined);
      return patched('in a query');
    });
    await condition(() => isOpen);
    await sleep(10);
  });
  await driver.intents([initialize()]);
  expect(answerOf(await driver.intents([query('meddle')]))).toBe(false);
  isOpen = true;
  expect(await driver.kinds([])).toEqual(['startTimer 1']);
});

test('queries do not share an activation with other jobs', async () => {
  const driver = new Driver(serving(() => undefined));
  await driver.intents([initialize()]);
  expect(await driver.activate([query('x'), { kind: 'fireTimer', seq: 1 }])).toMatchObject({
    status: 'failed',
    failure: { message: 'Got both queries and other jobs in a single activation' },
  });
});

test('the stack-trace query says where the workflow waits', async () => {
  async function waitsHere(): Promise<void> {
    await sleep(1000);
  }
  const driver = new Driver(waitsHere);
  await driver.intents([initialize()]);
  expect(answerOf(await driver.intents([query('__stack_trace')]))).toMatch(/waitsHere .*queries\.test\.ts/);
  expect(answerOf(await driver.intents([query('__enhanced_stack_trace')]))).toMatchObject({
    sdk: { name: 'typescript' },
    stacks: [{ locations: expect.arrayContaining([expect.objectContaining({ line: expect.any(Number) })]) }],
  });
});

test('the metadata query lists handlers and current details', async () => {
  const driver = new Driver(
    serving(() => {
      setHandler(defineQuery<number>('one'), () => 1, { description: 'gives one' });
      setCurrentDetails('half way');
    }),
  );
  await driver.intents([initialize()]);
  expect(answerOf(await driver.intents([query('__temporal_workflow_metadata')]))).toMatchObject({
    definition: { type: 'main', queryDefinitions: expect.arrayContaining([{ name: 'one', description: 'gives one' }]) },
    currentDetails: 'half way',
  });
});

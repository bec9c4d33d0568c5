import { expect, test } from 'vitest';

import {
  ApplicationFailure,
  continueAsNew,
  DeterminismViolationError,
  makeContinueAsNewFunc,
  setWorkflowOptions,
  sleep,
  upsertMemo,
  upsertSearchAttributes,
} from '../index.ts';
import { Driver, initialize, resultOf, wall } from './drive.suite.ts';

test('a workflow completes with its result, undefined included', async () => {
  expect(await new Driver(async () => undefined).intents([initialize()])).toEqual([
    { kind: 'completeWorkflow', result: { m: { encoding: 'binary/null' } } },
  ]);
});

test('a failure fails the workflow, any other error the task', async () => {
  const failure = new Driver(async () => {
    throw ApplicationFailure.create({ message: 'rule', type: 'Rule', details: [{ code: 7 }], nonRetryable: true });
  });
  expect(await failure.intents([initialize()])).toMatchObject([
    {
      kind: 'failWorkflow',
      failure: {
        message: 'rule',
        source: 'TypeScriptSDK',
        applicationFailureInfo: { type: 'Rule', nonRetryable: true, details: { payloads: [wall({ code: 7 })] } },
      },
    },
  ]);
  const bug = new Driver(async () => {
    throw new TypeError('bug');
  });
  expect(await bug.activate([initialize()])).toMatchObject({
    status: 'failed',
    failure: { message: 'bug', stackTrace: expect.stringContaining('TypeError: bug') },
  });
});

test('errors that the workflow or the worker names fail the workflow', async () => {
  class Rejected extends Error {}
  const workflow = async (): Promise<void> => {
    throw new Rejected('configured');
  };
  const byWorker = new Driver(workflow, { creation: { failureErrorTypes: ['Rejected'] } });
  expect(await byWorker.kinds([initialize()])).toEqual(['failWorkflow']);
  const byAnyError = new Driver(async () => Promise.reject(new TypeError('any')), {
    creation: { failureErrorTypes: ['Error'] },
  });
  expect(await byAnyError.kinds([initialize()])).toEqual(['failWorkflow']);
  setWorkflowOptions({ failureExceptionTypes: [Rejected], versioningBehavior: 'PINNED' }, workflow);
  expect(await new Driver(workflow).activate([initialize()])).toMatchObject({
    status: 'completed',
    intents: [{ kind: 'failWorkflow' }],
    versioningBehavior: 1,
  });
});

test('a violation of determinism fails the task like any other error: histories know only those that replay finds', async () => {
  const driver = new Driver(async () => {
    throw new DeterminismViolationError('WeakRef cannot be used');
  });
  const completion = await driver.activate([initialize()]);
  expect(completion).toMatchObject({ status: 'failed', failure: { message: 'WeakRef cannot be used' } });
  expect(completion).not.toHaveProperty('isNondeterminism');
});

test('a run that failed stays failed', async () => {
  const driver = new Driver(async () => {
    throw new Error('first');
  });
  await driver.activate([initialize()]);
  expect(await driver.activate([])).toMatchObject({ status: 'failed', failure: { message: 'first' } });
});

test('an unhandled rejection fails the task, whatever was rejected', async () => {
  const driver = new Driver(async () => await sleep(1));
  await driver.intents([initialize()]);
  driver.run.unhandledRejection(ApplicationFailure.nonRetryable('nobody listens'));
  expect(await driver.activate([])).toMatchObject({
    failure: { message: 'Unhandled Promise rejection: ApplicationFailure: nobody listens' },
  });
});

test('modules that cannot be loaded, and workflows that do not exist, fail the first task', async () => {
  const unknown = new Driver(async () => undefined, { creation: { workflowType: 'other' } });
  expect(await unknown.activate([initialize()])).toMatchObject({
    failure: {
      message: "Failed to initialize workflow of type 'other': no such function is exported by the workflow bundle",
    },
  });
  const broken = new Driver(async () => undefined, {
    interceptorModules: [
      {
        interceptors: () => {
          throw new Error('module is broken');
        },
      },
    ],
  });
  expect(await broken.activate([initialize()])).toMatchObject({ failure: { message: 'module is broken' } });
});

test('continueAsNew() carries the arguments on; makeContinueAsNewFunc() changes options', async () => {
  const plain = new Driver(async () => await continueAsNew<(n: number) => Promise<void>>(3));
  expect(await plain.intents([initialize()])).toEqual([
    { kind: 'continueAsNew', workflowType: 'main', taskQueue: 'queue', args: [wall(3)], headers: {} },
  ]);
  const changed = new Driver(async () => {
    await makeContinueAsNewFunc({ workflowType: 'next', workflowRunTimeout: '1h', memo: { kept: 1 }, retry: {} })();
  });
  expect(await changed.intents([initialize()])).toMatchObject([
    {
      workflowType: 'next',
      runTimeoutMs: 3_600_000,
      memo: { kept: wall(1) },
      retryPolicy: { initialIntervalMs: 1000 },
    },
  ]);
});

test('continueAsNew() carries over the first memo, the search attributes as they are and the retry policy', async () => {
  const driver = new Driver(async () => {
    upsertMemo({ later: 2 });
    upsertSearchAttributes({ Colour: ['red'], Gone: [] });
    await continueAsNew();
  });
  const facts = {
    memo: { first: wall(1) },
    searchAttributes: { Size: wall([7]) },
    retryPolicy: { maximumAttempts: 3 },
  };
  const intents = await driver.intents([{ ...initialize(), facts: { ...initialize().facts, ...facts } }]);
  expect(intents.at(-1)).toMatchObject({
    kind: 'continueAsNew',
    memo: { first: wall(1) },
    retryPolicy: { maximumAttempts: 3 },
  });
  expect(Object.keys((intents.at(-1) as { searchAttributes: object }).searchAttributes)).toEqual([
    'Size',
    'Colour',
    'Gone',
  ]);
});

test('a result that has no payload fails the task', async () => {
  const driver = new Driver(async () => 1n);
  expect(await driver.activate([initialize()])).toMatchObject({
    failure: {
      message: 'Unable to convert 1 to payload',
      cause: { message: 'Do not know how to serialize a BigInt' },
    },
  });
});

test('the first activation takes signals and updates, nothing else', async () => {
  const driver = new Driver(async () => undefined);
  const completion = await driver.activate([initialize(), { kind: 'fireTimer', seq: 1 }]);
  expect(completion).toMatchObject({ status: 'failed' });
  expect(resultOf(await new Driver(async () => 'fine').intents([initialize()]))).toBe('fine');
});

test.each([
  ['a text', 'gone', 'gone'],
  ['an object', { code: 7 }, '{"code":7}'],
])('%s that is thrown fails the task, and is told', async (_, thrown, shown) => {
  const driver = new Driver(async () => {
    await Promise.resolve();
    throw thrown;
  });
  const completion = await driver.activate([initialize()]);
  const message = expect.stringContaining(`${shown} [A non-Error value was thrown`) as string;
  expect(completion).toMatchObject({ status: 'failed', failure: { message } });
});

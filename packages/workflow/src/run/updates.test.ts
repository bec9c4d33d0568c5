import { expect, test } from 'vitest';

import {
  ApplicationFailure,
  condition,
  currentUpdateInfo,
  defineSignal,
  defineUpdate,
  log,
  setDefaultUpdateHandler,
  setHandler,
  sleep,
} from '../index.ts';
import { Driver, initialize, signal, update, wall } from './drive.suite.ts';

const add = defineUpdate<number, [{ n: number }]>('add');

function serving(serve: () => void): () => Promise<void> {
  return async () => {
    serve();
    await condition(() => false);
  };
}

test('an update is accepted, then completed', async () => {
  const driver = new Driver(serving(() => setHandler(add, ({ n }) => n + 1)));
  await driver.intents([initialize()]);
  expect(await driver.intents([update('u1', 'add', { n: 1 })])).toEqual([
    { kind: 'acceptUpdate', id: 'u1' },
    { kind: 'completeUpdate', id: 'u1', result: wall(2) },
  ]);
});

test('a validator refuses by throwing, and its changes to the arguments are not seen by the handler', async () => {
  const validator = (input: { n: number }): void => {
    if (input.n < 0) throw new Error('negative');
    input.n = 1000;
  };
  const driver = new Driver(serving(() => setHandler(add, ({ n }) => n, { validator })));
  await driver.intents([initialize()]);
  expect(await driver.intents([update('u1', 'add', { n: -1 })])).toMatchObject([
    { kind: 'rejectUpdate', id: 'u1', failure: { message: 'negative' } },
  ]);
  expect(await driver.intents([update('u2', 'add', { n: 2 })])).toMatchObject([
    { kind: 'acceptUpdate' },
    { kind: 'completeUpdate', result: wall(2) },
  ]);
  const accepted = { ...update('u3', 'add', { n: -1 }), runValidator: false };
  expect(await driver.intents([accepted])).toMatchObject([{ kind: 'acceptUpdate' }, { kind: 'completeUpdate' }]);
});

test('the first part of the handler runs in the activation, the rest when it can', async () => {
  const driver = new Driver(
    serving(() =>
      setHandler(add, async ({ n }) => {
        await sleep(5);
        return n;
      }),
    ),
  );
  await driver.intents([initialize()]);
  expect(await driver.kinds([update('u1', 'add', { n: 7 })])).toEqual(['acceptUpdate', 'startTimer 1']);
  expect(await driver.intents([{ kind: 'fireTimer', seq: 1 }])).toEqual([
    { kind: 'completeUpdate', id: 'u1', result: wall(7) },
  ]);
});

test('a failure that the handler throws fails the update, another error fails the task', async () => {
  const failing = (error: Error) =>
    serving(() =>
      setHandler(add, () => {
        throw error;
      }),
    );
  const refused = new Driver(failing(ApplicationFailure.create({ message: 'no' })));
  await refused.intents([initialize()]);
  expect(await refused.intents([update('u1', 'add', { n: 1 })])).toMatchObject([
    { kind: 'acceptUpdate' },
    { kind: 'completeUpdate', failure: { message: 'no' } },
  ]);
  const broken = new Driver(failing(new Error('bug')));
  await broken.intents([initialize()]);
  expect(await broken.activate([update('u1', 'add', { n: 1 })])).toMatchObject({
    status: 'failed',
    failure: { message: 'bug' },
  });
});

test('an update without a handler waits until the activation ends, then it is rejected', async () => {
  const driver = new Driver(async () => {
    await sleep(1);
    setHandler(add, ({ n }) => n);
    await condition(() => false);
  });
  expect(await driver.intents([initialize(), update('u1', 'add', { n: 1 })])).toMatchObject([
    { kind: 'startTimer' },
    { kind: 'rejectUpdate', id: 'u1', failure: { message: 'No registered handler for update: add' } },
  ]);
  const fire = { kind: 'fireTimer' as const, seq: 1 };
  expect(await driver.intents([update('u2', 'add', { n: 2 }), fire])).toMatchObject([
    { kind: 'acceptUpdate', id: 'u2' },
    { kind: 'completeUpdate', id: 'u2' },
  ]);
});

test('currentUpdateInfo() follows the flow of each handler', async () => {
  const seen: unknown[] = [];
  const driver = new Driver(
    serving(() =>
      setDefaultUpdateHandler(async (name) => {
        await sleep(1);
        seen.push([name, currentUpdateInfo()]);
      }),
    ),
  );
  await driver.intents([initialize()]);
  await driver.intents([update('u1', 'one'), update('u2', 'two')]);
  await driver.intents([
    { kind: 'fireTimer', seq: 2 },
    { kind: 'fireTimer', seq: 1 },
  ]);
  expect(seen).toEqual([
    ['two', { id: 'u2', name: 'two' }],
    ['one', { id: 'u1', name: 'one' }],
  ]);
});

test('logs of validators are seen while the rest is silent', async () => {
  const validator = (): void => log.info('validating');
  const driver = new Driver(serving(() => setHandler(add, ({ n }) => n, { validator })));
  await driver.intents([initialize()]);
  const completion = await driver.activate([update('u1', 'add', { n: 1 })], { isReplaying: true });
  expect(completion.sinkCalls.map(({ argsText }) => argsText).join()).toContain('validating');
});

test('what came with the start is told when a handler for it is set, in order; an update without one is rejected at the end', async () => {
  const seen: string[] = [];
  const driver = new Driver(async () => {
    setHandler(add, ({ n }) => {
      seen.push(`update ${n}`);
      return n;
    });
    setHandler(defineSignal<[number]>('note'), (n) => void seen.push(`signal ${n}`));
    await condition(() => seen.length === 4);
    seen.push('workflow');
    await condition(() => false);
  });
  const jobs = [
    initialize(),
    update('u1', 'unknown', { n: 0 }),
    update('u2', 'add', { n: 1 }),
    signal('note', 2),
    update('u3', 'add', { n: 3 }),
    signal('note', 4),
  ];
  const intents = await driver.intents(jobs);
  expect(seen).toEqual(['update 1', 'update 3', 'signal 2', 'signal 4', 'workflow']);
  expect(intents.map((intent) => ('id' in intent ? `${intent.kind} ${intent.id}` : intent.kind))).toEqual([
    'acceptUpdate u2',
    'acceptUpdate u3',
    'completeUpdate u2',
    'completeUpdate u3',
    'rejectUpdate u1',
  ]);
});

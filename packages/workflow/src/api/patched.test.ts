import { expect, test } from 'vitest';

import { condition, deprecatePatch, patched } from '../index.ts';
import { Driver, initialize, resultOf } from '../run/drive.suite.ts';

test('patched() is true on new ground and leaves one marker', async () => {
  const driver = new Driver(async () => [patched('p'), patched('p')]);
  const intents = await driver.intents([initialize()]);
  expect(intents.map(({ kind }) => kind)).toEqual(['setPatchMarker', 'completeWorkflow']);
  expect(intents[0]).toMatchObject({ patchId: 'p', deprecated: false });
  expect(resultOf(intents)).toEqual([true, true]);
});

test('patched() is false while replaying a history without it, and may become true later', async () => {
  let isOpen = false;
  const driver = new Driver(async () => {
    const before = patched('p');
    await condition(() => isOpen);
    return [before, patched('p')];
  });
  expect(await driver.intents([initialize()], { isReplaying: true })).toEqual([]);
  isOpen = true;
  expect(resultOf(await driver.intents([]))).toEqual([false, true]);
});

test('patched() is true while replaying a history that has it', async () => {
  const driver = new Driver(async () => patched('p'));
  const intents = await driver.intents([initialize(), { kind: 'notifyHasPatch', patchId: 'p' }], { isReplaying: true });
  expect(intents.map(({ kind }) => kind)).toEqual(['setPatchMarker', 'completeWorkflow']);
  expect(resultOf(intents)).toBe(true);
});

test('deprecatePatch() leaves a deprecated marker', async () => {
  const driver = new Driver(async () => deprecatePatch('p'));
  expect(await driver.intents([initialize()])).toMatchObject([{ kind: 'setPatchMarker', deprecated: true }, {}]);
});

test('the host may keep a patch inactive on new ground; the decision stays', async () => {
  let asked = 0;
  const host = {
    patchActivation: () => {
      asked++;
      return false;
    },
  };
  const driver = new Driver(async () => [patched('p'), patched('p')], { host });
  const intents = await driver.intents([initialize()]);
  expect(intents.map(({ kind }) => kind)).toEqual(['completeWorkflow']);
  expect(resultOf(intents)).toEqual([false, false]);
  expect(asked).toBe(1);
});

test('patched() is refused before the workflow starts', async () => {
  const interceptors = () => {
    patched('too early');
    return {};
  };
  const driver = new Driver(async () => undefined, { interceptorModules: [{ interceptors }] });
  expect(await driver.activate([initialize()])).toMatchObject({
    failure: { message: 'Patches cannot be used before Workflow starts' },
  });
});

test('a flag of history that this version does not know fails the task', async () => {
  const driver = new Driver(async () => undefined);
  expect(await driver.activate([initialize()], { knownFlags: [99] })).toMatchObject({
    failure: { message: 'Unknown SDK flag: 99' },
  });
});

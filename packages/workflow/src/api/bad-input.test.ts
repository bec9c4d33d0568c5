/** What authors without types get wrong: the error names the place, and what must be there. */
import { expect, test } from 'vitest';

import {
  createNexusServiceClient,
  defineSignal,
  makeContinueAsNewFunc,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  startChild,
  upsertMemo,
} from '../index.ts';
import { Driver, initialize } from '../run/drive.suite.ts';

const anything = (value: unknown): never => value as never;
const timeout = { startToCloseTimeout: '1s' } as const;
const nexus = {
  startOperation: (name: string, input: unknown, options: never) =>
    createNexusServiceClient({ endpoint: 'e', service: 's' }).startOperation(anything(name), anything(input), options),
};
const activities = (options: object) => proxyActivities<{ pay(...args: unknown[]): Promise<void> }>(anything(options));

test.each<[string, () => unknown, string]>([
  ['a memo of text', () => upsertMemo(anything('note')), "The memo of upsertMemo(...) must be an object, got 'note'"],
  ['a memo of a list', () => upsertMemo(anything([])), 'The memo of upsertMemo(...) must be an object, got an array'],
  [
    'a handler of a name',
    () =>
      setHandler(
        anything('go'),
        anything(() => 1),
      ),
    "defineUpdate(...) gives, got 'go'",
  ],
  [
    'a handler of nothing',
    () =>
      setHandler(
        anything(undefined),
        anything(() => 1),
      ),
    'gives, got undefined',
  ],
  ['no Nexus endpoint', () => createNexusServiceClient(anything({ service: 's' })), 'endpoint must be the name of an'],
  [
    'no Nexus service',
    () => createNexusServiceClient(anything({ endpoint: 'e' })),
    'must be a service definition or its',
  ],
  [
    'a function for an activity',
    async () => await activities(timeout).pay(1, function later() {}),
    'Unable to convert function later to payload: a function cannot be sent; pass data that tells the other side what to do (value 2 of 2)',
  ],
  [
    'a symbol for a child',
    async () => await startChild('child', anything({ args: [Symbol('s')] })),
    'Unable to convert Symbol(s) to payload: a symbol cannot be sent',
  ],
  [
    'a misspelt option of an activity',
    async () => await activities({ ...timeout, heartbeatTimout: '1s' }).pay(),
    'The options of activity pay.heartbeatTimout is not known: did you mean heartbeatTimeout?',
  ],
  [
    'a misspelt field of a retry policy',
    async () => await activities({ ...timeout, retry: { maximumAtempts: 3 } }).pay(),
    'The options of activity pay.retry.maximumAtempts is not known: did you mean maximumAttempts?',
  ],
  [
    'a misspelt option of a local activity',
    async () =>
      await proxyLocalActivities<{ pay(): Promise<void> }>(anything({ ...timeout, localRetryTreshold: '1s' })).pay(),
    'localRetryTreshold is not known: did you mean localRetryThreshold?',
  ],
  [
    'a misspelt option of a child',
    async () => await startChild('child', anything({ workflowRunTimout: '1s' })),
    'ChildWorkflowOptions.workflowRunTimout is not known: did you mean workflowRunTimeout?',
  ],
  [
    'a misspelt option of a timer',
    () => sleep(1, anything({ sumary: 's' })),
    'TimerOptions.sumary is not known: did you mean summary?',
  ],
  [
    'a misspelt option of a handler',
    () => setHandler(defineSignal('go'), () => undefined, anything({ descripton: 'd' })),
    'The options of setHandler for signal go.descripton is not known: did you mean description?',
  ],
  [
    'a misspelt option of the next run',
    () => makeContinueAsNewFunc(anything({ tasQueue: 'q' }))(),
    'ContinueAsNewOptions.tasQueue is not known: did you mean taskQueue?',
  ],
  [
    'a misspelt option of a Nexus operation',
    async () => await nexus.startOperation('op', 1, anything({ sumary: 's' })),
    'StartNexusOperationOptions.sumary is not known: did you mean summary?',
  ],
  [
    'a Nexus operation that is cancelled in a way there is not',
    async () => await nexus.startOperation('op', 1, anything({ cancellationType: 'NOPE' })),
    "StartNexusOperationOptions.cancellationType: Invalid enum value: 'NOPE'",
  ],
  [
    'an activity that is cancelled in a way there is not',
    async () => await activities({ ...timeout, cancellationType: 'WAIT' }).pay(),
    "Invalid enum value: 'WAIT'; ActivityCancellationType is one of TRY_CANCEL, WAIT_CANCELLATION_COMPLETED, ABANDON",
  ],
  [
    'a child that is cancelled in a way there is not',
    async () => await startChild('child', anything({ cancellationType: 'WAIT' })),
    "Invalid enum value: 'WAIT'; ChildWorkflowCancellationType",
  ],
  [
    'a local activity that is cancelled in a way there is not',
    async () => await proxyLocalActivities(anything({ ...timeout, cancellationType: 'WAIT' }))['pay']?.(),
    "Invalid enum value: 'WAIT'; ActivityCancellationType",
  ],
])('%s is refused', async (_case, workflow, message) => {
  const completion = await new Driver(async () => await workflow()).activate([initialize()]);
  expect(completion).toMatchObject({ status: 'failed', failure: { message: expect.stringContaining(message) } });
});

test.each([
  ['ACTIVITY_CANCELLATION_TYPE_ABANDON', 'ABANDON'],
  [1, 'WAIT_CANCELLATION_COMPLETED'],
  [undefined, 'TRY_CANCEL'],
])('cancellation type %s is %s', async (cancellationType, cancellation) => {
  const driver = new Driver(async () => await activities({ ...timeout, cancellationType }).pay());
  expect(await driver.intents([initialize()])).toMatchObject([{ kind: 'scheduleActivity', cancellation }]);
});

test('misspelt options that history has recorded replay, and so do symbols and names of others', async () => {
  const options = { ...timeout, heartbeatTimout: '1s', [Symbol('own')]: 1 };
  const replayed = new Driver(async () => await activities(options).pay());
  expect(await replayed.kinds([initialize()], { isReplaying: true })).toEqual(['scheduleActivity 1']);
  const others = new Driver(async () => await activities({ ...timeout, ownSetting: true, [Symbol('own')]: 1 }).pay());
  expect(await others.kinds([initialize()])).toEqual(['scheduleActivity 1']);
});

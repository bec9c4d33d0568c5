/** What authors without types get wrong: the error names the place, and what must be there. */
import { expect, test } from 'vitest';

import {
  createNexusServiceClient,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  startChild,
  upsertMemo,
} from '../index.ts';
import { Driver, initialize } from '../run/drive.suite.ts';

const anything = (value: unknown): never => value as never;
const timeout = { startToCloseTimeout: '1s' } as const;
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
    'an activity that is cancelled in a way there is not',
    async () => await activities({ ...timeout, cancellationType: 'WAIT' }).pay(),
    "Invalid ActivityCancellationType value: 'WAIT'; expected one of TRY_CANCEL, WAIT_CANCELLATION_COMPLETED, ABANDON",
  ],
  [
    'a child that is cancelled in a way there is not',
    async () => await startChild('child', anything({ cancellationType: 'WAIT' })),
    "Invalid ChildWorkflowCancellationType value: 'WAIT'",
  ],
  [
    'a local activity that is cancelled in a way there is not',
    async () => await proxyLocalActivities(anything({ ...timeout, cancellationType: 'WAIT' }))['pay']?.(),
    "Invalid ActivityCancellationType value: 'WAIT'",
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

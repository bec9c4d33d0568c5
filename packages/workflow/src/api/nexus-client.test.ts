import { expect, test } from 'vitest';

import { createNexusServiceClient, NexusOperationFailure } from '../index.ts';
import { Driver, initialize, resultOf, wall } from '../run/drive.suite.ts';

const service = { name: 'Billing', operations: { charge: { name: 'Charge' } } } as const;

test('an operation is started, then waited for', async () => {
  const driver = new Driver(async () => {
    const billing = createNexusServiceClient({ endpoint: 'billing', service });
    const handle = await billing.startOperation<string>(
      'charge',
      { cents: 5 },
      { scheduleToCloseTimeout: '1m', headers: { a: 'b' } },
    );
    return [handle.operation, handle.token, await handle.result()];
  });
  expect(await driver.intents([initialize()])).toEqual([
    {
      kind: 'scheduleNexusOperation',
      seq: 1,
      endpoint: 'billing',
      service: 'Billing',
      operation: 'Charge',
      input: wall({ cents: 5 }),
      nexusHeaders: { a: 'b' },
      cancellation: 'WAIT_CANCELLATION_COMPLETED',
      scheduleToCloseTimeoutMs: 60_000,
    },
  ]);
  await driver.intents([{ kind: 'resolveNexusStart', seq: 1, operationToken: 't' }]);
  const done = {
    kind: 'resolveNexus' as const,
    seq: 1,
    resolution: { status: 'completed' as const, result: wall('paid') },
  };
  expect(resultOf(await driver.intents([done]))).toEqual(['Charge', 't', 'paid']);
});

test('an operation that ends as it is started has no token; one that fails says why', async () => {
  const workflow = async (): Promise<unknown> => {
    const billing = createNexusServiceClient({ endpoint: 'billing', service: 'Billing' });
    return await billing
      .executeOperation('Charge', 1)
      .catch((error: unknown) => (error instanceof NexusOperationFailure ? error.cause?.message : error));
  };
  const sync = new Driver(workflow);
  await sync.intents([initialize()]);
  const completed = { status: 'completed' as const, result: wall('paid') };
  expect(resultOf(await sync.intents([{ kind: 'resolveNexus', seq: 1, resolution: completed }]))).toBe('paid');
  const failing = new Driver(workflow);
  await failing.intents([initialize()]);
  const failure = {
    message: 'nexus operation completed unsuccessfully',
    nexusOperationExecutionFailureInfo: { endpoint: 'billing', service: 'Billing', operation: 'Charge' },
    cause: { message: 'declined', applicationFailureInfo: {} },
  };
  const failed = { status: 'failed' as const, failure };
  expect(resultOf(await failing.intents([{ kind: 'resolveNexus', seq: 1, resolution: failed }]))).toBe('declined');
});

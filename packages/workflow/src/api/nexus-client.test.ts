import * as nexus from 'nexus-rpc';
import { expect, test } from 'vitest';

import { CancellationScope, createNexusServiceClient, NexusOperationFailure, sleep } from '../index.ts';
import { Driver, initialize, resultOf, wall } from '../run/drive.suite.ts';

const service = nexus.service('Billing', { charge: nexus.operation<unknown, string>({ name: 'Charge' }) });

test('an operation is started, then waited for', async () => {
  const driver = new Driver(async () => {
    const billing = createNexusServiceClient({ endpoint: 'billing', service });
    const handle = await billing.startOperation(
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

test('an operation that runs hears of the cancellation of its scope, in the order in which its scope got it', async () => {
  const driver = new Driver(async () => {
    const billing = createNexusServiceClient({ endpoint: 'billing', service });
    await CancellationScope.cancellable(async () => {
      const handle = await billing.startOperation('charge', 1);
      const timer = sleep(1000).catch(() => undefined);
      CancellationScope.current().cancel();
      await timer;
      await handle.result().catch(() => undefined);
    });
  });
  await driver.intents([initialize()]);
  const [timer, ...rest] = await driver.intents([{ kind: 'resolveNexusStart', seq: 1, operationToken: 't' }]);
  expect(timer).toMatchObject({ kind: 'startTimer' });
  expect(rest).toEqual([
    { kind: 'cancelNexusOperation', seq: 1 },
    { kind: 'cancelTimer', seq: 1 },
  ]);
});

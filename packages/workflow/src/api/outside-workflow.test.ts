/** Programs that start workflows import their modules for types and names, so what such modules do at their top must work. */
import { describe, expect, test } from 'vitest';

import {
  AsyncLocalStorage,
  createNexusServiceClient,
  defineQuery,
  defineSignal,
  defineUpdate,
  IllegalStateError,
  log,
  metricMeter,
  proxyActivities,
  proxyLocalActivities,
  proxySinks,
  sleep,
  uuid4,
} from '../index.ts';

describe('outside of workflow code', () => {
  test.each<[string, () => unknown]>([
    ['proxyActivities', () => proxyActivities({ startToCloseTimeout: '1s' })],
    ['proxyLocalActivities', () => proxyLocalActivities({ startToCloseTimeout: '1s' })],
    ['proxySinks', () => proxySinks()['sink']?.['call']],
    ['createNexusServiceClient', () => createNexusServiceClient({ endpoint: 'e', service: 's' })],
    ['definitions', () => [defineQuery('q'), defineSignal('s'), defineUpdate('u')]],
    ['AsyncLocalStorage', () => new AsyncLocalStorage<number>()],
    ['a counter', () => metricMeter.createCounter('orders')],
    ['a logger', () => log],
  ])('%s can be made', (_name, make) => {
    expect(make).not.toThrow();
  });

  test('a UUID is any', () => {
    const ids = [uuid4(), uuid4()];
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(new Set(ids).size).toBe(2);
  });

  test.each<[string, () => unknown]>([
    ['a call of an activity', async () => proxyActivities({ startToCloseTimeout: '1s' })['charge']?.()],
    ['a Nexus operation', async () => createNexusServiceClient({ endpoint: 'e', service: 's' }).startOperation('o', 1)],
    ['sleep', async () => sleep(1)],
  ])('%s says that it needs a workflow', async (_name, call) => {
    await expect(call()).rejects.toThrow(IllegalStateError);
  });
});

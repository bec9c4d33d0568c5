import { afterEach, describe, expect, test } from 'vitest';

import { TestWorkflowEnvironment } from './test-workflow-environment.ts';

const open: TestWorkflowEnvironment[] = [];

async function opened(env: Promise<TestWorkflowEnvironment>): Promise<TestWorkflowEnvironment> {
  open.push(await env);
  return await env;
}

afterEach(async () => {
  for (const env of open.splice(0)) await env.teardown();
});

describe('a server in this process', () => {
  test('answers by direct calls', async () => {
    const env = await opened(TestWorkflowEnvironment.createLocal());
    const handle = await env.client.workflow.start('order', { workflowId: 'order-1', taskQueue: 'orders' });
    expect((await handle.describe()).status.name).toBe('RUNNING');
  });

  test('is reached by others at its address', async () => {
    const env = await opened(TestWorkflowEnvironment.createLocal());
    const { address } = env;
    const other = await opened(TestWorkflowEnvironment.createFromExistingServer({ address }));
    await env.client.workflow.start('order', { workflowId: 'order-1', taskQueue: 'orders' });
    expect((await other.client.workflow.getHandle('order-1').describe()).type).toBe('order');
    expect(other.address).toBe(address);
  });

  test('several at once know nothing of each other', async () => {
    const [one, two] = await Promise.all([
      opened(TestWorkflowEnvironment.createLocal()),
      opened(TestWorkflowEnvironment.createLocal()),
    ]);
    await one.client.workflow.start('order', { workflowId: 'order-1', taskQueue: 'orders' });
    await expect(two.client.workflow.getHandle('order-1').describe()).rejects.toThrow();
  });
});

describe('virtual time', () => {
  test('jumps when somebody sleeps, each environment by itself', async () => {
    const [one, two] = await Promise.all([
      opened(TestWorkflowEnvironment.createTimeSkipping()),
      opened(TestWorkflowEnvironment.createTimeSkipping()),
    ]);
    const before = await one.currentTimeMs();
    await one.sleep('30 days');
    expect((await one.currentTimeMs()) - before).toBeGreaterThanOrEqual(30 * 86_400_000);
    expect((await two.currentTimeMs()) - before).toBeLessThan(86_400_000);
  });

  test('jumps to a date', async () => {
    const env = await opened(TestWorkflowEnvironment.createTimeSkipping());
    const date = new Date((await env.currentTimeMs()) + 7 * 86_400_000);
    await env.sleepUntil(date);
    expect(await env.currentTimeMs()).toBeGreaterThanOrEqual(date.getTime());
  });

  test('says in the error of a deadline what held time', async () => {
    const env = await opened(TestWorkflowEnvironment.createTimeSkipping());
    const handle = await env.client.workflow.start('order', { workflowId: 'order-1', taskQueue: 'orders' });
    const held = /virtual time is held by: workflow task of order-1, attempt 1, scheduled on queue orders/;
    const late = Date.now() + 100;
    await expect(env.client.withDeadline(late, () => handle.result())).rejects.toThrow(held);
    const later = Date.now() + 100;
    await expect(env.connection.withDeadline(later, () => env.sleep('1 day'))).rejects.toThrow(
      'workflow task of order-1, attempt 1',
    );
  });

  test('says what it waits for', async () => {
    const env = await opened(TestWorkflowEnvironment.createTimeSkipping());
    await env.client.workflow.start('order', { workflowId: 'order-1', taskQueue: 'orders' });
    await env.client.activity.start('charge', {
      id: 'charge-1',
      taskQueue: 'charges',
      startToCloseTimeout: '1 minute',
    });
    expect(env.timeHolders()).toEqual([
      '1 lock(s) taken by clients',
      'workflow task of order-1, attempt 1, scheduled on queue orders',
      'activity charge-1, attempt 1, scheduled on queue charges',
    ]);
    await env.client.workflow.getHandle('order-1').terminate();
    await env.client.activity.getHandle('charge-1').terminate();
    expect(env.timeHolders()).toEqual(['1 lock(s) taken by clients']);
    const local = await opened(TestWorkflowEnvironment.createLocal());
    expect(local.timeHolders()).toEqual([]);
    const reached = await opened(TestWorkflowEnvironment.createFromExistingServer({ address: local.address }));
    expect(() => reached.timeHolders()).toThrow('expected a server in this process');
  });
});

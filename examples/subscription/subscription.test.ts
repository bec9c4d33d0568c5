import { fileURLToPath } from 'node:url';
import { runWorkflow, TestWorkflowEnvironment } from '@reprise/testing';
import { Worker } from '@reprise/worker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { billing, type Billing } from './src/activities.ts';
import { cancel, changePrice, paid, subscription, weeklyReminder } from './src/workflows.ts';

const DAY = 86_400_000;

describe('a subscription, without a server', () => {
  const start = { customer: 'ada', cents: 900, paid: 0 };

  it('is paid every 30 days until it is cancelled, two years on', async () => {
    const charge = vi.fn<Billing['charge']>().mockResolvedValue('invoice');
    const { result } = await runWorkflow<typeof subscription, Billing>(subscription, {
      args: [start],
      activities: { charge },
      signals: [{ signal: cancel, at: '735 days' }],
    });
    expect(charge).toHaveBeenCalledTimes(24);
    expect(result).toBe(24 * 900);
  });

  it('tries a payment again that failed, an hour later', async () => {
    const charge = [() => Promise.reject(new Error('declined')), () => 'invoice'];
    const { result, durationMs } = await runWorkflow<typeof subscription, Billing>(subscription, {
      args: [start],
      activities: { charge },
      signals: [{ signal: cancel, at: '40 days' }],
    });
    expect(result).toBe(900);
    expect(durationMs).toBe(40 * DAY);
  });

  it('changes its price by an update, and refuses a bad one', async () => {
    const { result } = await runWorkflow<typeof subscription, Billing>(subscription, {
      args: [start],
      activities: { charge: () => 'invoice' },
      async act({ handle, sleep }) {
        await sleep('31 days');
        expect(await handle.query(paid)).toBe(900);
        expect(await handle.executeUpdate(changePrice, { args: [1200] })).toBe(900);
        await expect(handle.executeUpdate(changePrice, { args: [0] })).rejects.toThrow();
        await sleep('30 days');
        await handle.signal(cancel);
      },
    });
    expect(result).toBe(900 + 1200);
  });
});

describe('reminders, in an environment with virtual time', () => {
  let env: TestWorkflowEnvironment;
  beforeAll(async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping();
  });
  afterAll(() => env.teardown());

  it('are sent by a schedule, once a week', async () => {
    const taskQueue = 'reminders';
    const workflowsPath = fileURLToPath(new URL('src/workflows.ts', import.meta.url));
    const worker = await Worker.create({ connection: env.connection, taskQueue, workflowsPath, activities: billing });
    await worker.runUntil(async () => {
      const { schedule, workflow } = env.client;
      const handle = await schedule.create({
        scheduleId: 'weekly',
        spec: { intervals: [{ every: '7 days' }] },
        action: { type: 'startWorkflow', workflowType: weeklyReminder, taskQueue, args: [['ada', 'bob']] },
      });
      await env.sleep('30 days');
      expect((await handle.describe()).info.numActionsTaken).toBe(4);
      expect(await workflow.count("WorkflowType = 'weeklyReminder'")).toMatchObject({ count: 4 });
    });
  });
});

/** What the recorded scenarios in virtual time leave out, because the published test server cannot do it. */
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { activityInfo } from '@reprise/activity';
import { ApplicationFailure } from '@reprise/common';
import { TestWorkflowEnvironment } from '@reprise/testing';
import { bundleWorkflowCode, Worker } from '@reprise/worker';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cannotWait, months, rests, triesDaily } from './virtual-workflows.ts';

const taskQueue = 'virtual';
const dayMs = 86_400_000;
let workflowBundle: Awaited<ReturnType<typeof bundleWorkflowCode>>;
let env: TestWorkflowEnvironment;
let stopWorker: () => Promise<void>;

const activities = {
  async fourth(): Promise<number> {
    const { attempt } = activityInfo();
    if (attempt < 4) throw ApplicationFailure.retryable('not yet');
    return attempt;
  },
  /** Sleeps on when nobody waits for it any more. */
  async oversleeps(): Promise<void> {
    await env.sleep('1 day');
  },
};

async function startWorker(): Promise<() => Promise<void>> {
  const { connection } = env;
  const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities, debugMode: true });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
  };
}

beforeAll(async () => {
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('virtual-workflows.ts', import.meta.url)),
  });
});
beforeEach(async () => {
  env = await TestWorkflowEnvironment.createTimeSkipping();
  stopWorker = await startWorker();
});
afterEach(async () => {
  await stopWorker();
  await env.teardown();
});

async function workflowsOf(query: string): Promise<{ workflowId: string; status: string; closeTime?: Date }[]> {
  const found = [];
  for await (const { workflowId, status, closeTime } of env.client.workflow.list({ query })) {
    found.push({ workflowId, status: status.name, ...(closeTime && { closeTime }) });
  }
  return found;
}

describe('virtual time', () => {
  it('runs a schedule as often as its time has come, and lists show what has run', async () => {
    // From a noon on, ten midnights lie within the time that is slept.
    await env.sleepUntil((Math.ceil((await env.currentTimeMs()) / dayMs) + 0.5) * dayMs);
    await env.client.schedule.create({
      scheduleId: 'daily',
      spec: { intervals: [{ every: '1 day' }] },
      action: { type: 'startWorkflow', workflowType: rests, args: ['1 minute'], taskQueue },
    });
    // Intervals count from midnight: at a quarter to it, 241 hours see one day more.
    const daysBefore = Math.floor((await env.currentTimeMs()) / dayMs);
    await env.sleep('241 hours');
    const days = Math.floor((await env.currentTimeMs()) / dayMs) - daysBefore;
    const run = await workflowsOf("TemporalScheduledById = 'daily'");
    expect(run.map(({ status }) => status)).toEqual(Array.from({ length: days }, () => 'COMPLETED'));
    const { info } = await env.client.schedule.getHandle('daily').describe();
    expect(info.numActionsTaken).toBe(days);
    expect(days).toBeGreaterThanOrEqual(10);
  });

  it('lists what a filter by date finds on the date that tests have jumped to', async () => {
    const date = new Date('2040-02-29T12:00:00Z');
    await env.sleepUntil(date);
    await env.client.workflow.execute(rests, { taskQueue, workflowId: 'leap', args: ['1 minute'] });
    expect(await workflowsOf("StartTime < '2040-02-29T11:00:00Z'")).toEqual([]);
    const [leap] = await workflowsOf("CloseTime BETWEEN '2040-02-29T12:01:00Z' AND '2040-02-29T12:02:00Z'");
    expect(leap).toMatchObject({ workflowId: 'leap', status: 'COMPLETED' });
  });

  it('passes for many at once, each at its own pace', async () => {
    const before = await env.currentTimeMs();
    const [year, fourth] = await Promise.all([
      env.client.workflow.execute(months, { taskQueue, workflowId: 'year', args: [12] }),
      env.client.workflow.execute(triesDaily, { taskQueue, workflowId: 'tries' }),
    ]);
    expect([year, fourth]).toEqual(['a year', 4]);
    const passedMs = (await env.currentTimeMs()) - before;
    expect(passedMs).toBeGreaterThanOrEqual(360 * dayMs);
    expect(passedMs).toBeLessThan(361 * dayMs);
  });

  it('skips what an activity of its own waits for between its attempts', async () => {
    const before = await env.currentTimeMs();
    const result = await env.client.activity.execute('fourth', {
      id: 'alone',
      taskQueue,
      startToCloseTimeout: '1 minute',
      retry: { initialInterval: '1 day', backoffCoefficient: 1 },
    });
    expect(result).toBe(4);
    expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(3 * dayMs);
  });

  it('wakes activities whose time is over, so that their worker can stop', async () => {
    const result = await env.client.workflow.execute(cannotWait, { taskQueue, workflowId: 'impatient' });
    expect(result).toBe('TimeoutFailure');
    await stopWorker();
    expect((await env.currentTimeMs()) - Date.now()).toBeGreaterThan(dayMs / 2);
    stopWorker = await startWorker();
  });

  it('stands still in one environment while it jumps in another', async () => {
    const other = await TestWorkflowEnvironment.createTimeSkipping();
    const handle = await env.client.workflow.start(rests, { taskQueue, workflowId: 'rests', args: ['10 days'] });
    await other.sleep('20 days');
    await wait(50);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await other.teardown();
    await env.sleep('10 days');
    await handle.result();
  });
});

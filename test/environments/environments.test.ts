import { fileURLToPath } from 'node:url';
import { Connection } from '@reprise/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@reprise/common';
import { mockActivities, TestWorkflowEnvironment, workflowInterceptorModules } from '@reprise/testing';
import { bundleWorkflowCode, Worker } from '@reprise/worker';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Activities } from './activities.ts';
import { approve, asserts, napper, order, parent, rename, slowUpdates, step } from './workflows.ts';

const DAY = 86_400_000;
const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));
const reprise = fileURLToPath(new URL('../../packages/cli/bin/reprise.js', import.meta.url));
const taskQueue = 'test';

let workflowBundle: Awaited<ReturnType<typeof bundleWorkflowCode>>;
beforeAll(async () => {
  workflowBundle = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules });
});

const open: TestWorkflowEnvironment[] = [];
afterEach(async () => {
  for (const env of open.splice(0)) await env.teardown();
});

async function opened(environment: Promise<TestWorkflowEnvironment>): Promise<TestWorkflowEnvironment> {
  open.push(await environment);
  return await environment;
}

const activities = mockActivities<Activities>({ charge: () => 'payment-1', ship: (id) => `parcel-${id}` });

/** Runs a worker of the environment for as long as `work` takes. */
async function withWorker<Result>(env: TestWorkflowEnvironment, work: () => Promise<Result>): Promise<Result> {
  const { nativeConnection: connection, namespace } = env;
  const worker = await Worker.create({ connection, namespace, taskQueue, workflowBundle, activities, debugMode: true });
  return await worker.runUntil(work);
}

describe('virtual time', () => {
  it('reaches handles, updates and children, and jumps to a date', async () => {
    const env = await opened(TestWorkflowEnvironment.createTimeSkipping());
    const { client } = env;
    await withWorker(env, async () => {
      const began = await env.currentTimeMs();
      const handle = await client.workflow.start(parent, { taskQueue, workflowId: 'parent' });
      expect(await handle.result()).toEqual(['slept 3 days', 'slept 5 days']);
      expect((await env.currentTimeMs()) - began).toBeGreaterThanOrEqual(5 * DAY);

      const updated = await client.workflow.start(slowUpdates, { taskQueue, workflowId: 'updated' });
      expect(await updated.executeUpdate(rename, { args: ['Ada'] })).toBe('nobody');
      expect(await updated.result()).toBe('Ada');

      const date = new Date((await env.currentTimeMs()) + 3 * DAY);
      const waiting = await client.workflow.start(order, { taskQueue, workflowId: 'order', args: ['order-1'] });
      await env.sleepUntil(date);
      await waiting.signal(approve, 'Ada');
      expect(await waiting.result()).toMatch(/^payment-1 parcel-order-1 by Ada/);
      expect(await waiting.query(step)).toBe('packing');
    });
  });

  it('reaches start delays, schedules and visibility', async () => {
    const env = await opened(TestWorkflowEnvironment.createTimeSkipping());
    const { client } = env;
    await withWorker(env, async () => {
      const began = await env.currentTimeMs();
      const options = { taskQueue, workflowId: 'late', args: ['3 days'], startDelay: '10 days' } as const;
      expect(await client.workflow.execute(napper, options)).toBe('slept 3 days');
      expect((await env.currentTimeMs()) - began).toBeGreaterThanOrEqual(13 * DAY);

      const schedule = await client.schedule.create({
        scheduleId: 'daily',
        spec: { intervals: [{ every: '1 day' }] },
        action: { type: 'startWorkflow', workflowType: napper, taskQueue, workflowId: 'nap', args: ['3 days'] },
        policies: { overlap: 'ALLOW_ALL' },
      });
      await env.sleep('7 days');
      expect((await schedule.describe()).info.numActionsTaken).toBe(7);
      await schedule.delete();
      await env.sleep('7 days');
      expect(await client.workflow.count("WorkflowType = 'napper' AND ExecutionStatus = 'Completed'")).toMatchObject({
        count: 8,
      });
    });
  });

  it('is of each environment alone, also when tests run side by side', async () => {
    const durations = ['3 days', '5 days', '3 days', '5 days'] as const;
    const ends = await Promise.all(
      durations.map(async (duration) => {
        const env = await opened(TestWorkflowEnvironment.createTimeSkipping());
        const began = await env.currentTimeMs();
        await withWorker(env, () =>
          env.client.workflow.execute(napper, { taskQueue, workflowId: 'nap', args: [duration] }),
        );
        return Math.floor(((await env.currentTimeMs()) - began) / DAY);
      }),
    );
    expect(ends).toEqual([3, 5, 3, 5]);
  });

  it('does not run away while a wait for a result has a deadline', async () => {
    const env = await opened(TestWorkflowEnvironment.createTimeSkipping());
    const { client } = env;
    await withWorker(env, async () => {
      const handle = await client.workflow.start(slowUpdates, { taskQueue, workflowId: 'slow', args: [] });
      await client.workflow.start(order, { taskQueue, workflowId: 'order', args: ['order-1'] });
      await expect(client.withDeadline(Date.now() - 1, () => handle.result())).rejects.toThrow();
      const began = await env.currentTimeMs();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await env.currentTimeMs()) - began).toBeLessThan(DAY);
    });
  });
});

describe('an environment', () => {
  it('lets assertions in workflow code fail the workflow', async () => {
    const env = await opened(TestWorkflowEnvironment.createTimeSkipping());
    const running = withWorker(env, () => env.client.workflow.execute(asserts, { taskQueue, workflowId: 'asserts' }));
    await expect(running).rejects.toMatchObject({ cause: { type: 'AssertionError', nonRetryable: true } });
  });

  it('takes the options that users know', async () => {
    const lines: string[] = [];
    const env = await opened(
      TestWorkflowEnvironment.createLocal({
        server: {
          namespace: 'orders',
          log: { format: 'pretty', level: 'warn' },
          searchAttributes: [defineSearchAttributeKey('CustomerId', SearchAttributeType.KEYWORD)],
          extraArgs: ['--search-attribute', 'Amount=Int', '--dynamic-config-value', 'no.such.key=1', '--headless'],
          writeLog: (line) => lines.push(line),
        },
        client: { identity: 'tester' },
        plugins: [
          { name: 'greeter', configureConnection: (options) => ({ ...options, metadata: { greeting: 'hello' } }) },
        ],
      }),
    );
    expect(env.namespace).toBe('orders');
    expect(env.client.options).toMatchObject({ namespace: 'orders', identity: 'tester' });
    expect(env.connection.options.metadata).toEqual({ greeting: 'hello' });
    const { customAttributes } = await env.connection.operatorService.listSearchAttributes({ namespace: 'orders' });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(['CustomerId', 'Amount']));
    expect(lines.join('')).toMatch(/\[WARN\] a dynamic config key has no meaning here \{ key: 'no.such.key' \}/);
  });

  it.each([
    [{ ui: true }, 'there is no web UI yet'],
    [{ uiPort: 8233 }, 'there is no web UI yet'],
    [{ log: { format: 'xml', level: 'warn' } }, "server.log.format must be one of pretty, text, json, found 'xml'"],
    [{ log: { format: 'json', level: 'loud' } }, "found 'loud'"],
    [{ extraArgs: ['--ui-port', '1'] }, 'server.extraArgs of the server in this process are --search-attribute'],
    [{ extraArgs: ['--search-attribute', 'X=Y'] }, 'must be NAME=TYPE'],
  ])('refuses %j', async (server, message) => {
    await expect(TestWorkflowEnvironment.createLocal({ server })).rejects.toThrow(message);
  });

  it('serves from this process where a version is asked for that would be downloaded', async () => {
    const executable = { type: 'cached-download', version: 'v1.7.4' } as const;
    const env = await opened(TestWorkflowEnvironment.createLocal({ server: { executable } }));
    expect(env.namespace).toBe('default');
  });

  it('has Nexus endpoints', async () => {
    const env = await opened(TestWorkflowEnvironment.createLocal());
    const endpoint = await env.createNexusEndpoint('payments', 'payments-queue');
    expect(endpoint).toMatchObject({ version: 1, raw: { spec: { name: 'payments' } } });
    await env.deleteNexusEndpoint(endpoint);
    const { endpoints } = await env.connection.operatorService.listNexusEndpoints({});
    expect(endpoints ?? []).toEqual([]);
  });

  it.each(['createLocal', 'createTimeSkipping'] as const)('%s is reached by others at its address', async (create) => {
    const env = await opened(TestWorkflowEnvironment[create]());
    const other = await Connection.connect({ address: env.address });
    onTestFinished(() => other.close());
    await env.client.workflow.start(napper, { taskQueue, workflowId: 'nap', args: ['3 days'] });
    const { workflowExecutionInfo } = await other.workflowService.describeWorkflowExecution({
      namespace: 'default',
      execution: { workflowId: 'nap' },
    });
    expect(workflowExecutionInfo?.type?.name).toBe('napper');
  });

  it('runs on a server that is there already, and on an executable', async () => {
    const executable = { type: 'existing-path', path: reprise } as const;
    const owner = await opened(TestWorkflowEnvironment.createLocal({ server: { executable, namespace: 'orders' } }));
    const guest = await opened(
      TestWorkflowEnvironment.createFromExistingServer({ address: owner.address, namespace: 'orders' }),
    );
    await guest.client.workflow.start(napper, { taskQueue, workflowId: 'nap', args: ['3 days'] });
    expect((await owner.client.workflow.getHandle('nap').describe()).type).toBe('napper');
  });

  it('says why an executable does not serve', async () => {
    const create = (path: string) =>
      TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'existing-path', path } } });
    await expect(create('/no/such/server')).rejects.toThrow('/no/such/server did not start');
    await expect(create(process.execPath)).rejects.toThrow(
      /ended \(exit code 1\) before it answered:\n.*Cannot find module/s,
    );
  });
});

it('tells what it was made with', async () => {
  const environment = await TestWorkflowEnvironment.createLocal({ server: { namespace: 'orders' } });
  expect(environment.options).toEqual({
    server: { type: 'dev-server', namespace: 'orders' },
    client: {},
    plugins: [],
  });
  await environment.teardown();
});

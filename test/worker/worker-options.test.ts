import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { metricMeter } from '@reprise/activity';
import { WorkflowFailedError, type WorkflowHandle } from '@reprise/client';
import type { History } from '@reprise/common/lib/proto-utils';
import { TestWorkflowEnvironment } from '@reprise/testing';
import {
  MetricsBuffer,
  NativeConnection,
  Runtime,
  TransportError,
  Worker,
  type PatchActivationInput,
  type WorkerOptions,
  type WorkerPlugin,
} from '@reprise/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audited, builds, measures, naps, order, patchedOrder, waits } from './workflows.ts';

const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));
const buffer = new MetricsBuffer();
let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  Runtime.install({ telemetryOptions: { metrics: { buffer } } });
  environment = await TestWorkflowEnvironment.createLocal();
});
afterAll(() => environment.teardown());

type Options = Partial<WorkerOptions>;

/** Runs `use` while a worker with these options runs. */
async function withWorker<R>(
  options: Options,
  use: (start: { taskQueue: string; workflowId: string }, worker: Worker) => Promise<R>,
): Promise<R> {
  const taskQueue = randomUUID();
  const worker = await Worker.create({ connection: environment.connection, taskQueue, workflowsPath, ...options });
  return await worker.runUntil(() => use({ taskQueue, workflowId: randomUUID() }, worker));
}

const run = (options: Options) =>
  withWorker(options, (start) => environment.client.workflow.execute(order, start).catch((error: unknown) => error));

async function historyOf(workflowId: string): Promise<History> {
  return await environment.client.workflow.getHandle(workflowId).fetchHistory();
}

/** The first workflow task of a run that failed, waited for. */
async function failedTaskOf(handle: WorkflowHandle) {
  for (;;) {
    const { events } = await handle.fetchHistory();
    const failed = events?.find(({ workflowTaskFailedEventAttributes: attributes }) => attributes);
    if (failed !== undefined) return failed.workflowTaskFailedEventAttributes;
    await wait(20);
  }
}

describe('workflowFailureErrorTypes', () => {
  it.each([[{ '*': ['OutOfStock'] }], [{ order: ['OutOfStock'] }], [{ order: ['Error'] }]])(
    'fails workflows as %j says',
    async (workflowFailureErrorTypes) => {
      const error = await run({ workflowFailureErrorTypes });
      expect(error).toBeInstanceOf(WorkflowFailedError);
      expect(error).toMatchObject({ cause: { type: 'OutOfStock', message: 'nothing left' } });
    },
  );

  it('leaves other types of workflows alone', async () => {
    const failed = await withWorker({ workflowFailureErrorTypes: { other: ['Error'] } }, async (start) => {
      const handle = await environment.client.workflow.start(order, start);
      return await failedTaskOf(handle);
    });
    expect(failed?.failure?.message).toBe('nothing left');
  });

  it('counts in replay as well', async () => {
    const workflowFailureErrorTypes = { '*': ['OutOfStock'] };
    const workflowId = await withWorker({ workflowFailureErrorTypes }, async (start) => {
      await environment.client.workflow.execute(order, start).catch(() => undefined);
      return start.workflowId;
    });
    const history = await historyOf(workflowId);
    await Worker.runReplayHistory({ workflowsPath, workflowFailureErrorTypes }, history);
    await expect(Worker.runReplayHistory({ workflowsPath }, history)).rejects.toThrow('nothing left');
  });
});

it('tells workflows from the first task on which build they run on, and says the same in replay', async () => {
  const workerDeploymentOptions = {
    version: { deploymentName: 'shop', buildId: 'v1' },
    useWorkerVersioning: false,
  };
  const seen = await withWorker({ workerDeploymentOptions, maxCachedWorkflows: 0 }, (start) =>
    environment.client.workflow.execute(builds, start),
  );
  expect(seen).toEqual(['v1', { deploymentName: 'shop', buildId: 'v1' }, 'v1']);
  const named = await withWorker({ buildId: 'build-7', maxCachedWorkflows: 0 }, (start) =>
    environment.client.workflow.execute(builds, start),
  );
  expect(named).toEqual(['build-7', { deploymentName: '', buildId: 'build-7' }, 'build-7']);
});

describe.each([[false], [true]])('patchActivationCallback, with debugMode %s', (debugMode) => {
  it('sees the info of the workflow, and decides', async () => {
    const inputs: PatchActivationInput[] = [];
    const patchActivationCallback = (input: PatchActivationInput) => {
      inputs.push(input);
      return input.patchId === 'paint-red';
    };
    await withWorker({ patchActivationCallback, debugMode }, async ({ taskQueue, workflowId }) => {
      const { workflow } = environment.client;
      const memo = { note: 'grün' };
      expect(await workflow.execute(patchedOrder, { taskQueue, workflowId, args: ['red'], memo })).toBe(true);
      expect(await workflow.execute(patchedOrder, { taskQueue, workflowId, args: ['blue'] })).toBe(false);
      expect(inputs.map(({ patchId }) => patchId)).toEqual(['paint-red', 'paint-blue']);
      expect(inputs[0]?.workflowInfo).toMatchObject({ workflowId, workflowType: 'patchedOrder', memo, taskQueue });
      expect(inputs[0]?.workflowInfo.startTime).toBeInstanceOf(Date);
      expect(inputs[0]?.workflowInfo.typedSearchAttributes.getAll()).toEqual([]);
    });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no answer today');
      },
      'no answer today',
    ],
    ['gives no boolean', () => 'yes' as never, "must return a boolean for patch 'paint-red', got string"],
  ])('fails the task when it %s', async (_, patchActivationCallback, message) => {
    const failed = await withWorker({ patchActivationCallback, debugMode }, async (start) => {
      const handle = await environment.client.workflow.start(patchedOrder, { ...start, args: ['red'] });
      return await failedTaskOf(handle);
    });
    expect(failed?.failure?.message).toContain(message);
  });
});

it('calls sinks in replay that want to be called, with the info of the workflow', async () => {
  const heard: unknown[] = [];
  const sinks = {
    audit: {
      heard: {
        fn: (info: { workflowType: string }, text: string) => void heard.push([info.workflowType, text]),
        callDuringReplay: true,
      },
      quiet: { fn: () => void heard.push('quiet') },
    },
  };
  const workflowId = await withWorker({ sinks }, async (start) => {
    await environment.client.workflow.execute(audited, start);
    return start.workflowId;
  });
  expect(heard.splice(0)).toEqual([['audited', 'one'], 'quiet', ['audited', 'two']]);
  await Worker.runReplayHistory({ workflowsPath, sinks }, await historyOf(workflowId));
  expect(heard).toEqual([
    ['audited', 'one'],
    ['audited', 'two'],
  ]);
});

it('tells what it is at', async () => {
  const running = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let calls = 0;
  const waitForEnd = async () => {
    if (++calls === 2) running.resolve();
    await ended.promise;
  };
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: environment.connection,
    taskQueue,
    workflowsPath,
    activities: { wait: waitForEnd },
  });
  expect(worker.getStatus()).toMatchObject({ runState: 'INITIALIZED', hasOutstandingWorkflowPoll: false });
  expect(worker.options).toMatchObject({ taskQueue, namespace: 'default', workflowsPath, shutdownGraceTimeMs: 0 });
  await worker.runUntil(async () => {
    const start = (isLocal: boolean) =>
      environment.client.workflow.start(waits, { taskQueue, workflowId: randomUUID(), args: [isLocal] });
    const handles = [await start(true), await start(false)];
    await running.promise;
    expect(worker.getStatus()).toMatchObject({
      runState: 'RUNNING',
      workflowPollerState: 'POLLING',
      activityPollerState: 'POLLING',
      hasOutstandingWorkflowPoll: true,
      hasOutstandingActivityPoll: true,
      numInFlightActivities: 2,
      numInFlightNonLocalActivities: 1,
      numInFlightLocalActivities: 1,
    });
    ended.resolve();
    for (const handle of handles) await handle.result();
  });
  expect(worker.getStatus()).toMatchObject({
    runState: 'STOPPED',
    workflowPollerState: 'SHUTDOWN',
    numInFlightActivities: 0,
  });
});

it('measures replays, and cached runs that had to make room', async () => {
  buffer.retrieveUpdates();
  const updates = await withWorker({ maxCachedWorkflows: 2 }, async ({ taskQueue }) => {
    const handles = [];
    for (let index = 0; index < 3; index++)
      handles.push(await environment.client.workflow.start(naps, { taskQueue, workflowId: randomUUID() }));
    for (const handle of handles) await handle.query('__stack_trace');
    for (const handle of handles) await handle.query('__stack_trace');
    return [...buffer.retrieveUpdates()];
  });
  const names = updates.map(({ metric }) => metric.name);
  expect(names).toContain('temporal_sticky_cache_total_forced_eviction');
  expect(names).toContain('temporal_workflow_task_replay_latency');
  expect(names).toContain('temporal_sticky_cache_size');
});

it('measures for workflows and activities under their own names, with what names them', async () => {
  buffer.retrieveUpdates();
  const weigh = (): void => metricMeter.createHistogram('my-weight').record(7, { region: 'eu' });
  const [taskQueue, updates] = await withWorker({ activities: { weigh } }, async (start) => {
    await environment.client.workflow.execute(measures, start);
    return [start.taskQueue, [...buffer.retrieveUpdates()].filter(({ metric }) => metric.name.startsWith('my-'))];
  });
  const names = { namespace: 'default', taskQueue, region: 'eu' };
  expect(updates.map(({ metric, value, attributes }) => [metric.name, value, attributes])).toEqual([
    ['my-orders', 2, { ...names, workflowType: 'measures' }],
    ['my-weight', 7, { ...names, activityType: 'weigh' }],
  ]);
});

it('tells of all updates of a metric with one object', () => {
  buffer.retrieveUpdates();
  const counter = Runtime.instance().metricMeter.createCounter('my-parcels', 'parcels');
  counter.add(1);
  counter.withTags({ a: true }).add(2);
  const [first, second] = buffer.retrieveUpdates();
  expect(first).toEqual({
    metric: { name: 'my-parcels', kind: 'counter', valueType: 'int', unit: 'parcels', description: undefined },
    value: 1,
    attributes: {},
  });
  expect(second?.metric).toBe(first?.metric);
  expect(second?.attributes).toEqual({ a: true });
});

it('holds its connection until it has run, and a connection closes once', async () => {
  const connection = await NativeConnection.connect({ address: environment.address });
  const worker = await Worker.create({ connection, taskQueue: randomUUID(), workflowsPath });
  await expect(connection.close()).rejects.toThrow('Cannot close connection while Workers hold a reference to it');
  await worker.runUntil(async () => {
    await expect(connection.close()).rejects.toThrow('Cannot close connection while Workers hold a reference to it');
  });
  await connection.close();
  await expect(connection.close()).rejects.toThrow('Client already closed');
});

it('says why a connection was refused', async () => {
  const refused = NativeConnection.connect({ address: '127.0.0.1:1', connectTimeout: '1 second' });
  await expect(refused).rejects.toThrow(TransportError);
  await expect(refused).rejects.toThrow('connection refused');
});

it('lets plugins take their time', async () => {
  const taskQueue = randomUUID();
  const later = async <T>(value: T): Promise<T> => {
    await new Promise((resolve) => setImmediate(resolve));
    return value;
  };
  const plugin: WorkerPlugin = {
    name: 'slow',
    configureWorker: (options) => later({ ...options, taskQueue }),
    configureReplayWorker: (options) => later({ ...options, workflowsPath }),
  };
  await withWorker({ plugins: [plugin] }, async ({ workflowId }, worker) => {
    expect(worker.options.taskQueue).toBe(taskQueue);
    await environment.client.workflow.execute(builds, { taskQueue, workflowId });
    const history = await historyOf(workflowId);
    await Worker.runReplayHistory({ workflowsPath: 'replaced', plugins: [plugin] }, history);
  });
});

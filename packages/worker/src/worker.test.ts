import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cancelled } from '@reprise/activity';
import { Connection } from '@reprise/client';
import type { temporal } from '@reprise/proto';
import { RpcError } from '@reprise/proto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CannedServer, hang } from './canned-server.suite.ts';
import { DefaultLogger } from './log/default-logger.ts';
import { history, started } from './machine/history-builder.suite.ts';
import { Runtime } from './runtime.ts';
import { Worker } from './worker.ts';

type Completed = temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;

const folder = mkdtempSync(path.join(tmpdir(), 'worker-'));
const workflowsPath = path.join(folder, 'workflows.ts');
const lines: [level: string, message: string, meta: unknown][] = [];

beforeAll(() => {
  writeFileSync(workflowsPath, 'export async function work() { return 7; }');
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => lines.push([level, message, meta])),
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Hands out each of `tasks` once; then polls wait. */
function queue(tasks: object[]) {
  return (request: never, options: Parameters<typeof hang>[1]) => tasks.shift() ?? hang(request, options);
}

const always = { DescribeNamespace: () => ({}), ShutdownWorker: () => ({}), GetSystemInfo: () => ({}) };

const workflowTask = {
  taskToken: new Uint8Array([1]),
  workflowExecution: { workflowId: 'wf', runId: 'run-1' },
  workflowType: { name: 'work' },
  workflowExecutionTaskQueue: { name: 'q' },
  startedEventId: 3,
  previousStartedEventId: 0,
  history: { events: history(started, ['WorkflowTaskScheduled'], ['WorkflowTaskStarted']) },
};

const activityTask = (name: string) => ({
  taskToken: new Uint8Array([2]),
  activityType: { name },
  activityId: '1',
  workflowExecution: { workflowId: 'wf', runId: 'run-1' },
});

test('a worker runs the workflow tasks that it gets, and stops when told', async () => {
  const answered = Promise.withResolvers<Completed>();
  const server = new CannedServer({
    ...always,
    PollWorkflowTaskQueue: queue([workflowTask]),
    RespondWorkflowTaskCompleted: (request: Completed) => {
      answered.resolve(request);
      return {};
    },
  });
  const worker = await Worker.create({
    connection: Connection.fromTransport(server),
    taskQueue: 'q',
    workflowsPath,
    debugMode: true,
  });
  expect(worker.getState()).toBe('INITIALIZED');
  const request = await worker.runUntil(answered.promise);
  expect(request.commands).toMatchObject([
    { commandType: 4, completeWorkflowExecutionCommandAttributes: { result: { payloads: [{}] } } },
  ]);
  expect(worker.getState()).toBe('STOPPED');
  expect(server.requests('ShutdownWorker')).toHaveLength(1);
});

test('an activity that runs when the worker stops is asked to stop, and reported', async () => {
  const running = Promise.withResolvers<void>();
  const server = new CannedServer({
    ...always,
    PollActivityTaskQueue: queue([activityTask('wait')]),
    RespondActivityTaskFailed: () => ({}),
  });
  const activities = {
    wait: () => {
      running.resolve();
      return cancelled();
    },
  };
  const worker = await Worker.create({ connection: Connection.fromTransport(server), taskQueue: 'q', activities });
  await worker.runUntil(running.promise);
  expect(server.requests('RespondActivityTaskFailed')).toMatchObject([
    { failure: { applicationFailureInfo: { type: 'WorkerShutdown' } } },
  ]);
});

test('an activity that is not registered fails with the names of those that are', async () => {
  const answered = Promise.withResolvers<unknown>();
  const server = new CannedServer({
    ...always,
    PollActivityTaskQueue: queue([activityTask('charge')]),
    RespondActivityTaskFailed: (request: unknown) => {
      answered.resolve(request);
      return {};
    },
  });
  const activities = { ship: () => 1 };
  const worker = await Worker.create({ connection: Connection.fromTransport(server), taskQueue: 'q', activities });
  expect(await worker.runUntil(answered.promise)).toMatchObject({
    failure: { message: 'Activity function charge is not registered on this Worker, available activities: ["ship"]' },
  });
});

test('a namespace that does not exist is named', async () => {
  const server = new CannedServer({
    ...always,
    DescribeNamespace: () => {
      throw new RpcError({ code: 5, details: 'Namespace nowhere is not found.' });
    },
  });
  const connection = Connection.fromTransport(server);
  const creating = Worker.create({ connection, taskQueue: 'q', namespace: 'nowhere', activities: { a: () => 1 } });
  await expect(creating).rejects.toMatchObject({ name: 'NamespaceNotFoundError', namespace: 'nowhere' });
});

test('polling that cannot go on fails the worker', async () => {
  const server = new CannedServer({
    ...always,
    PollActivityTaskQueue: () => {
      throw new RpcError({ code: 7, details: 'Request unauthorized.' });
    },
  });
  const worker = await Worker.create({
    connection: Connection.fromTransport(server),
    taskQueue: 'q',
    activities: { a: () => 1 },
  });
  await expect(worker.run()).rejects.toMatchObject({ name: 'TransportError' });
  expect(worker.getState()).toBe('FAILED');
  expect(() => worker.shutdown()).toThrow('Not running');
});

test('a worker that has nothing to do is refused', async () => {
  const connection = Connection.fromTransport(new CannedServer(always));
  const expected = 'A worker needs something to do: workflowsPath or workflowBundle, activities, or nexusServices';
  await expect(Worker.create({ connection, taskQueue: 'q' })).rejects.toThrow(expected);
  await expect(Worker.create({ connection, taskQueue: 'q', activities: {} })).rejects.toThrow(expected);
});

test('the connection of a worker is held from when it is made until it has run', async () => {
  const connection = Connection.fromTransport(new CannedServer(always));
  const worker = await Worker.create({ connection, taskQueue: 'q', activities: { ping: () => 'pong' } });
  const held = 'Cannot close connection while Workers hold a reference to it';
  await expect(connection.close()).rejects.toThrow(held);
  const running = worker.run();
  worker.shutdown();
  expect(worker.getState()).toBe('DRAINING');
  await expect(connection.close()).rejects.toThrow(held);
  await running;
  await connection.close();
});

test('who subscribes to counts hears of the tasks that a worker has', async () => {
  const release = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<unknown>();
  const server = new CannedServer({
    ...always,
    PollActivityTaskQueue: queue([activityTask('wait')]),
    RespondActivityTaskCompleted: (request) => {
      answered.resolve(request);
      return {};
    },
  });
  const connection = Connection.fromTransport(server);
  const worker = await Worker.create({ connection, taskQueue: 'q', activities: { wait: () => release.promise } });
  const heard: number[] = [];
  const subscription = worker.numInFlightActivities$.subscribe((count) => {
    heard.push(count);
    if (count === 1) release.resolve();
  });
  await worker.runUntil(answered.promise);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(heard).toEqual([0, 1, 0]);
  subscription.unsubscribe();
});

test('a worker says what becomes of it, and which tasks it will not ask for', async () => {
  lines.length = 0;
  const server = new CannedServer({ ...always, PollActivityTaskQueue: hang });
  const connection = Connection.fromTransport(server);
  const worker = await Worker.create({ connection, taskQueue: 'letters', activities: { a: () => 1 } });
  await worker.runUntil(() => Promise.resolve());
  const about = { sdkComponent: 'worker', taskQueue: 'letters' };
  const state = (name: string) => ['INFO', 'Worker state changed', { ...about, state: name }];
  expect(lines).toEqual([
    state('RUNNING'),
    ['WARN', 'No workflows registered, not polling for workflow tasks', about],
    ['INFO', 'No Nexus services registered, not polling for Nexus tasks', about],
    ...['STOPPING', 'DRAINING', 'DRAINED', 'STOPPED'].map(state),
  ]);
});

test('a line about an activity that fails names the component that wrote it', async () => {
  lines.length = 0;
  const answered = Promise.withResolvers<unknown>();
  const server = new CannedServer({
    ...always,
    PollActivityTaskQueue: queue([activityTask('fail')]),
    RespondActivityTaskFailed: (request: unknown) => {
      answered.resolve(request);
      return {};
    },
  });
  const activities = { fail: () => Promise.reject(new Error('no stamps')) };
  const worker = await Worker.create({ connection: Connection.fromTransport(server), taskQueue: 'q', activities });
  await worker.runUntil(answered.promise);
  const failed = lines.find(([, message]) => message === 'Activity failed');
  expect(failed?.[2]).toMatchObject({ sdkComponent: 'worker', taskQueue: 'q', activityType: 'fail' });
});

test('a worker runs once', async () => {
  const server = new CannedServer({ ...always, PollActivityTaskQueue: hang });
  const worker = await Worker.create({
    connection: Connection.fromTransport(server),
    taskQueue: 'q',
    activities: { a: () => 1 },
  });
  expect(await worker.runUntil(() => Promise.resolve('done'))).toBe('done');
  await expect(worker.run()).rejects.toThrow('Poller was already started');
});

test('a worker names its version by the SDK and its workflow code, unless its options do', async () => {
  const connection = Connection.fromTransport(new CannedServer(always));
  const idOf = async (options: object) =>
    (await Worker.create({ connection, taskQueue: 'q', activities: { a: () => 1 }, ...options })).options.buildId;
  expect(await idOf({})).toMatch(/^@reprise\/worker@\d+\.\d+\.\d+$/);
  expect(await idOf({ workflowsPath })).toMatch(/^@reprise\/worker@\d+\.\d+\.\d+\+[\da-f]{64}$/);
  expect(await idOf({ workflowsPath, buildId: 'mine' })).toBe('mine');
});

test('plugins change the options and wrap the run', async () => {
  const seen: string[] = [];
  const server = new CannedServer({ ...always, PollActivityTaskQueue: hang });
  const worker = await Worker.create({
    connection: Connection.fromTransport(server),
    taskQueue: 'q',
    plugins: [
      {
        name: 'activities',
        configureWorker: (options) => ({ ...options, identity: 'plugged', activities: { a: () => 1 } }),
        runWorker: async (plugged, next) => {
          seen.push('before');
          await next(plugged);
          seen.push('after');
        },
      },
    ],
  });
  await worker.runUntil(() => Promise.resolve());
  expect(worker.options.identity).toBe('plugged');
  expect(seen).toEqual(['before', 'after']);
});

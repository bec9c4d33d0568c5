import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callsOf } from './calls-of.suite.ts';
import { startServer } from './server.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };
const workflow = { namespace, workflowType: { name: 'waits' }, taskQueue };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-server-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a server that stops', () => {
  test('answers open polls, with nothing', async () => {
    const server = await startServer();
    const call = callsOf(server.transport);
    await call('startWorkflowExecution', { ...workflow, workflowId: 'a', requestId: 'a' });
    const polls = [
      call('pollWorkflowTaskQueue', { namespace, taskQueue: { name: 'other' } }, { timeoutMs: 60_000 }),
      call('pollActivityTaskQueue', { namespace, taskQueue }, { timeoutMs: 60_000 }),
      call(
        'getWorkflowExecutionHistory',
        { namespace, execution: { workflowId: 'a' }, waitNewEvent: true, historyEventFilterType: 2 },
        { timeoutMs: 60_000 },
      ),
    ];
    await new Promise(setImmediate);
    await server.stop();
    const [workflowTask, activityTask, history] = await Promise.all(polls);
    expect(workflowTask).toEqual({});
    expect(activityTask).toEqual({});
    expect(history).toMatchObject({ history: {}, nextPageToken: expect.any(Uint8Array) as Uint8Array });
  });

  test('finishes what is under way, and refuses what comes later', async () => {
    const dbFilename = join(folder, 'server.db');
    const server = await startServer({ dbFilename });
    const call = callsOf(server.transport);
    const started = call('startWorkflowExecution', { ...workflow, workflowId: 'a', requestId: 'a' });
    const stopped = server.stop();
    await expect(call('getSystemInfo', {})).rejects.toThrow(/UNAVAILABLE/);
    const { runId } = await started;
    await stopped;
    const again = await startServer({ dbFilename });
    const { executions } = await callsOf(again.transport)('listWorkflowExecutions', { namespace });
    expect(executions).toMatchObject([{ execution: { workflowId: 'a', runId } }]);
    await again.stop();
  });

  test('lets go of its file and its port', async () => {
    const dbFilename = join(folder, 'server.db');
    const first = await startServer({ dbFilename, port: 0 });
    const port = Number(first.address.split(':')[1]);
    await first.stop();
    const second = await startServer({ dbFilename, port });
    expect(second.address).toBe(first.address);
    await second.stop();
  });
});

describe('several servers in one process', () => {
  test('know nothing of each other', async () => {
    const servers = await Promise.all(
      ['a', 'b', undefined].map((name) =>
        startServer(name === undefined ? {} : { dbFilename: join(folder, name), port: 0 }),
      ),
    );
    const calls = servers.map(({ transport }) => callsOf(transport));
    await Promise.all(
      calls.map((call, index) =>
        call('startWorkflowExecution', { ...workflow, workflowId: `of-${index}`, requestId: 'a' }),
      ),
    );
    const lists = await Promise.all(calls.map((call) => call('listWorkflowExecutions', { namespace })));
    expect(lists.map(({ executions }) => executions?.map(({ execution }) => execution?.workflowId))).toEqual([
      ['of-0'],
      ['of-1'],
      ['of-2'],
    ]);
    await Promise.all(servers.map((server) => server.stop()));
  });
});

describe('where it listens', () => {
  test('is loopback, unless something keeps others out', async () => {
    await expect(startServer({ ip: '0.0.0.0', port: 0 })).rejects.toThrow(/expected a loopback address/);
    await expect(startServer({ ip: '::', port: 0 })).rejects.toThrow(/expected a loopback address/);
    const server = await startServer({ ip: '127.0.0.1', port: 0 });
    expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
    await server.stop();
  });
});

test('who asks again and again in this process leaves others their turn', async () => {
  const server = await startServer();
  const call = callsOf(server.transport);
  let isOver = false;
  setTimeout(() => (isOver = true), 1);
  while (!isOver) await call('getSystemInfo', {});
  await server.stop();
});

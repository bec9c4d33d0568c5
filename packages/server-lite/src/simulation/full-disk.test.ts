/** A disk that is full: requests fail, nothing is half written, and nothing is told that was not kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RpcError } from '@reprise/proto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDatabase } from '../check/check-database.ts';
import { CrashingServer } from './crashing-server.suite.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };
const notFound = 5;
const unavailable = 14;

let folder: string;
let file: string;
let isFull = false;
let server: CrashingServer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-full-disk-'));
  file = join(folder, 'server.db');
  isFull = false;
  server = new CrashingServer(file, () => isFull);
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = (workflowId: string) =>
  server.call('startWorkflowExecution', {
    namespace,
    workflowId,
    workflowType: { name: 'any' },
    taskQueue,
    requestId: workflowId,
  });
const describeOne = (workflowId: string) =>
  server.call('describeWorkflowExecution', { namespace, execution: { workflowId } });

async function codeOf(answer: Promise<unknown>): Promise<number> {
  return await answer.then(
    () => 0,
    (error: unknown) => (error instanceof RpcError ? error.code : -1),
  );
}

test('whatever would be written fails, and works again when there is space', async () => {
  await start('before');
  isFull = true;
  for (let attempt = 0; attempt < 4; attempt++) {
    expect(await codeOf(start('during'))).toBe(unavailable);
    const signal = { namespace, workflowExecution: { workflowId: 'before' }, signalName: 's' };
    expect(await codeOf(server.call('signalWorkflowExecution', signal))).toBe(unavailable);
    const register = { namespace: 'more', workflowExecutionRetentionPeriod: { seconds: 86_400 } };
    expect(await codeOf(server.call('registerNamespace', register))).toBe(unavailable);
  }
  expect(await codeOf(describeOne('before'))).toBe(0);
  isFull = false;
  await start('during');
  await server.call('signalWorkflowExecution', {
    namespace,
    workflowExecution: { workflowId: 'before' },
    signalName: 'after',
  });
  const { history } = await server.call('getWorkflowExecutionHistory', {
    namespace,
    execution: { workflowId: 'before' },
  });
  const signals = (history?.events ?? []).flatMap((event) => event.workflowExecutionSignaledEventAttributes ?? []);
  expect(signals.map(({ signalName }) => signalName)).toEqual(['after']);
  await server.stop();
  expect(checkDatabase(file)).toEqual({ runs: 2, problems: [] });
});

test('nobody is told of a change in the turn in which it fails', async () => {
  isFull = true;
  const started = codeOf(start('never'));
  const described = codeOf(describeOne('never'));
  expect(await started).toBe(unavailable);
  expect([notFound, unavailable]).toContain(await described);
  isFull = false;
  expect(await codeOf(describeOne('never'))).toBe(notFound);
  await server.stop();
});

test('a task whose start could not be stored is handed out again', async () => {
  await start('a');
  isFull = true;
  const poll = () => server.call('pollWorkflowTaskQueue', { namespace, taskQueue });
  expect(await codeOf(poll())).toBe(unavailable);
  isFull = false;
  expect((await poll()).workflowExecution?.workflowId).toBe('a');
  await server.stop();
});

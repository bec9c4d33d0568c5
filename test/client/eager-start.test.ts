import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@reprise/client';
import { startServer, type RunningServer } from '@reprise/server-lite';
import { Worker } from '@reprise/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { greeting } from './eager-workflows.ts';

const workflowsPath = fileURLToPath(new URL('eager-workflows.ts', import.meta.url));
let server: RunningServer;
let connection: Connection;

beforeAll(async () => {
  server = await startServer({ logLevel: 'error' });
  connection = Connection.fromTransport(server.transport);
});
afterAll(() => server.stop());

it('hands the first task of a workflow to a worker of the same connection', async () => {
  const taskQueue = randomUUID();
  const worker = await Worker.create({ connection, taskQueue, workflowsPath });
  const client = new Client({ connection });
  const start = { taskQueue, requestEagerStart: true, args: ['you'] as [string] };
  await worker.runUntil(async () => {
    const handle = await client.workflow.start(greeting, { ...start, workflowId: randomUUID() });
    expect(handle.eagerlyStarted).toBe(true);
    expect(await handle.result()).toBe('Hello, you!');
    const { events = [] } = await handle.fetchHistory();
    expect(events?.[0]?.workflowExecutionStartedEventAttributes?.eagerExecutionAccepted).toBe(true);

    const elsewhere = new Client({ connection: Connection.fromTransport(server.transport) });
    const other = await elsewhere.workflow.start(greeting, { ...start, workflowId: randomUUID() });
    expect(other.eagerlyStarted).toBe(false);
    expect(await other.result()).toBe('Hello, you!');
  });
  const late = await client.workflow.start(greeting, { ...start, workflowId: randomUUID() });
  expect(late.eagerlyStarted).toBe(false);
  await late.terminate();
});

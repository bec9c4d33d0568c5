import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@reprise/client';
import { startServer } from '@reprise/server-lite';
import { replayHistory } from '@reprise/testing';
import { Worker } from '@reprise/worker';
import { expect, it } from 'vitest';
import * as activities from './activities.ts';
import { approve, hello, isApproved } from './workflows.ts';

const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));

it('greets when it is approved, and replays', async () => {
  const server = await startServer({ logLevel: 'error' });
  const connection = Connection.fromTransport(server.transport);
  const client = new Client({ connection });
  const worker = await Worker.create({ connection, taskQueue: 'hello', workflowsPath, activities });
  const history = await worker.runUntil(async () => {
    const handle = await client.workflow.start(hello, { taskQueue: 'hello', workflowId: 'hello-1', args: ['World'] });
    expect(await handle.query(isApproved)).toBe(false);
    await handle.signal(approve, 'Ada');
    expect(await handle.result()).toBe('Hello, World! Approved by Ada.');
    return handle.fetchHistory();
  });
  await server.stop();
  expect((await replayHistory({ workflowsPath }, history, 'hello-1')).findings).toEqual([]);
});

import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@reprise/worker';
import { runWorkflow, TestWorkflowEnvironment } from '@reprise/testing';
import { afterEach, expect, it } from 'vitest';
import { talkative } from './workflows.ts';

const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));
const lines: string[] = [];
Runtime.install({ logger: new DefaultLogger('INFO', ({ level, message }) => lines.push(`${level} ${message}`)) });
afterEach(() => {
  lines.length = 0;
});

it('a workflow that runs alone shows what its code writes, not that a worker started and stopped for it', async () => {
  await runWorkflow(talkative, { workflowsPath });
  expect(lines).toEqual(['INFO on its way', 'WARN late']);
});

it('a worker writes to the logger that it is given', async () => {
  const own: string[] = [];
  const logger = new DefaultLogger('INFO', ({ level, message }) => own.push(`${level} ${message}`));
  const env = await TestWorkflowEnvironment.createLocal();
  try {
    const worker = await Worker.create({ connection: env.connection, taskQueue: 'talk', workflowsPath, logger });
    await worker.runUntil(env.client.workflow.execute(talkative, { taskQueue: 'talk', workflowId: 'talk' }));
  } finally {
    await env.teardown();
  }
  expect(own).toEqual(expect.arrayContaining(['INFO on its way', 'WARN late', 'INFO Worker state changed']));
  expect(lines).toEqual([]);
});

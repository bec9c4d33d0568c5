import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@reprise/testing';
import { Worker } from '@reprise/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as activities from './src/activities.ts';
import { approve, hello, isApproved } from './src/workflows.ts';

const workflowsPath = fileURLToPath(new URL('src/workflows.ts', import.meta.url));

describe('hello', () => {
  let environment: TestWorkflowEnvironment;

  beforeAll(async () => {
    environment = await TestWorkflowEnvironment.createTimeSkipping();
  });
  afterAll(() => environment?.teardown());

  it('greets once it is approved', async () => {
    const { client, nativeConnection: connection } = environment;
    const worker = await Worker.create({ connection, taskQueue: 'hello', workflowsPath, activities });
    const result = await worker.runUntil(async () => {
      const handle = await client.workflow.start(hello, { taskQueue: 'hello', workflowId: 'hello', args: ['World'] });
      expect(await handle.query(isApproved)).toBe(false);
      await handle.signal(approve, 'Ada');
      return await handle.result();
    });
    expect(result).toBe('Hello, World! Approved by Ada.');
  });

  it('replays', async () => {
    const history = await environment.client.workflow.getHandle('hello').fetchHistory();
    await Worker.runReplayHistory({ workflowsPath }, history, 'hello');
  });
});

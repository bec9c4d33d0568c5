import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleWorkflowCodeSync } from '../bundle/bundle-workflow-code.ts';
import { DefaultLogger } from '../default-logger.ts';
import { history, started, type EventSpec } from '../machine/history-builder.suite.ts';
import { HostPool } from './host-pool.ts';
import { HostLostError, type HostTask, type TaskAnswer } from './workflow-host.ts';

const source = `
  export async function counts() { return 7; }
  export async function loops() { for (;;); }
  export async function hoards() { const all = []; for (;;) all.push(new Array(1000).fill(1)); }
`;
const folder = mkdtempSync(path.join(tmpdir(), 'host-pool-'));
let pool: HostPool;

beforeAll(async () => {
  const workflowsPath = path.join(folder, 'workflows.ts');
  writeFileSync(workflowsPath, source);
  pool = new HostPool(
    {
      bundleCode: bundleWorkflowCodeSync({ workflowsPath }).code,
      isolate: { activationTimeoutMs: 500, memoryLimitMb: 128, sharesContexts: true },
      runSettings: {},
      asksPatchActivation: false,
      maxCachedRuns: 100,
      maxHeapBytes: 64 * 2 ** 20,
      sdkName: 'reprise',
      sdkVersion: '0.0.0',
      maxCallMs: 3000,
      maxResidentBytes: 600 * 2 ** 20,
    },
    { size: 1, logger: new DefaultLogger('ERROR', () => undefined), onPatchQuestion: undefined },
  );
  await pool.ready();
});

afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

function run(workflowType: string, runId: string): Promise<TaskAnswer> {
  const first: EventSpec = [
    started[0],
    { ...started[1], workflowType: { name: workflowType }, originalExecutionRunId: runId },
  ];
  const task: HostTask = {
    workflowId: 'wf',
    runId,
    workflowType,
    namespace: 'default',
    taskQueue: 'q',
    events: history(first, ['WorkflowTaskScheduled'], ['WorkflowTaskStarted']),
    isWholeHistory: true,
    previousStartedEventId: 0,
    updates: [],
    queries: [],
    isQuarantined: false,
  };
  return pool.runTask(task, { onLocalOrders: () => undefined });
}

test('a host runs workflow code and answers with commands', async () => {
  expect(await run('counts', 'a')).toMatchObject({
    status: 'completed',
    isClosed: true,
    commands: [{ commandType: 4 }],
  });
});

test('an endless loop fails its task and names the workflow; others go on', async () => {
  const looped = await run('loops', 'b');
  expect(looped).toMatchObject({ status: 'failed' });
  expect(looped.status === 'failed' && looped.failure.message).toContain('Workflow loops');
  expect(await run('counts', 'c')).toMatchObject({ status: 'completed' });
});

test('runaway memory ends its host, which is replaced; the guilty run is named', async () => {
  const lost = await run('hoards', 'd').catch((error: unknown) => error);
  if (lost instanceof HostLostError) expect(lost.guiltyRunId).toBe('d');
  else expect(lost).toMatchObject({ status: 'failed' });
  expect(await run('counts', 'e')).toMatchObject({ status: 'completed' });
});

test('a run of an unknown type fails its task with a text that says so', async () => {
  const answer = await run('nowhere', 'f');
  expect(answer.status === 'failed' && answer.failure.message).toContain(
    "Failed to initialize workflow of type 'nowhere'",
  );
});

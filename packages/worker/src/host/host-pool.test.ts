import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleWorkflowCodeSync } from '../bundle/bundle-workflow-code.ts';
import { DefaultLogger } from '../log/default-logger.ts';
import { history, started, type EventSpec } from '../machine/history-builder.suite.ts';
import { HostPool } from './host-pool.ts';
import { HostLostError, type HostTask, type TaskAnswer } from './workflow-host.ts';

const source = `
  import { condition } from '@reprise/workflow';
  export async function counts() { return 7; }
  export async function waits() { await condition(() => false); }
  export async function loops() { for (;;); }
  export async function hoards() { const all = []; for (;;) all.push(new Array(1000).fill(1)); }
`;
const folder = mkdtempSync(path.join(tmpdir(), 'host-pool-'));
let pool: HostPool;
/** What the pool has to say of processes that end. */
let onLog: (message: string) => void = () => undefined;

beforeAll(async () => {
  const workflowsPath = path.join(folder, 'workflows.ts');
  writeFileSync(workflowsPath, source);
  pool = new HostPool(
    {
      bundleCode: bundleWorkflowCodeSync({ workflowsPath }).code,
      // Long enough for honest code on a busy machine.
      isolate: { activationTimeoutMs: 2000, memoryLimitMb: 128, sharesContexts: true },
      runSettings: {},
      asksPatchActivation: false,
      maxCachedRuns: 100,
      maxHeapBytes: 64 * 2 ** 20,
      sdkName: 'reprise',
      sdkVersion: '0.0.0',
      maxCallMs: 10_000,
      maxResidentBytes: 600 * 2 ** 20,
    },
    { size: 1, logger: new DefaultLogger('ERROR', ({ message }) => onLog(message)), onPatchQuestion: undefined },
  );
  await pool.ready();
});

afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

function taskOf(workflowType: string, runId: string): HostTask {
  const first: EventSpec = [
    started[0],
    { ...started[1], workflowType: { name: workflowType }, originalExecutionRunId: runId },
  ];
  return {
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
  };
}

function run(workflowType: string, runId: string): Promise<TaskAnswer> {
  return pool.runTask(taskOf(workflowType, runId), { onLocalOrders: () => undefined });
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
  expect(looped.status === 'failed' && looped.failure.message).toContain('workflow loops');
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

test('a run that has looped once is alone when it loops again', async () => {
  expect(await run('loops', 'g')).toMatchObject({ status: 'failed', isHarmful: true });
  const waiting = await run('waits', 'h');
  expect(waiting).toMatchObject({ status: 'completed', isClosed: false });
  let hasEnded = false;
  const again = run('loops', 'g').finally(() => (hasEnded = true));
  // Another run goes on meanwhile, and what was cached stays.
  expect(await run('counts', 'i')).toMatchObject({ status: 'completed' });
  expect(hasEnded).toBe(false);
  expect(await again).toMatchObject({ status: 'failed' });
  expect(pool.cachedRuns).toBeGreaterThan(0);
  const later = { ...taskOf('waits', 'h'), isWholeHistory: false, events: [], previousStartedEventId: 3 };
  expect((await pool.runTask(later, { onLocalOrders: () => undefined })).status).toBe('completed');
});

/** The processes of this pool, by their parent. */
function hostPids(): number[] {
  const listed = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'host-entry'], { encoding: 'utf8' });
  return listed.trim().split('\n').map(Number);
}

test('a process that is killed is replaced; the run that it was at fails when that happens twice', async () => {
  const killed: string[] = [];
  onLog = (message) => void killed.push(message);
  const killAll = () => hostPids().forEach((pid) => process.kill(pid, 'SIGKILL'));
  const endings: unknown[] = [];
  for (let i = 0; i < 2; i++) {
    const lost = run('waits', `other-${i}`)
      .then(() => run('loops', 'j'))
      .catch((error: unknown) => error);
    await run('counts', `before-${i}`);
    killAll();
    endings.push(await lost);
    expect(await run('counts', `after-${i}`)).toMatchObject({ status: 'completed' });
  }
  expect(killed.some((message) => message.includes('(SIGKILL) while it was at run j'))).toBe(true);
  expect(endings).toMatchObject([
    { name: 'HostLostError', guiltyRunId: undefined },
    { name: 'HostLostError', guiltyRunId: 'j' },
  ]);
});

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorService } from '@reprise/proto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Calls, callsOf } from '../calls-of.suite.ts';
import { checkDatabase } from '../check/check-database.ts';
import { type RunningServer, startServer } from '../server.ts';

const namespace = 'default';
const dayMs = 86_400_000;

let folder: string;
let file: string;
let passedMs = 0;
let server: RunningServer;
let call: Calls;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-retention-'));
  file = join(folder, 'server.db');
  passedMs = 0;
  server = await startServer({
    dbFilename: file,
    namespaces: ['short'],
    clock: { now: () => Date.now() + passedMs },
  });
  call = callsOf(server.transport);
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function run(workflowId: string, of = namespace): Promise<void> {
  await call('startWorkflowExecution', {
    namespace: of,
    workflowId,
    workflowType: { name: 'any' },
    taskQueue: { name: 'nobody' },
    requestId: workflowId,
    input: { payloads: [{ data: new Uint8Array(50_000) }] },
  });
}

const end = (workflowId: string) =>
  call('terminateWorkflowExecution', { namespace, workflowExecution: { workflowId } });

/** Deleting a namespace makes the server look for what it may delete. */
async function sweep(): Promise<void> {
  await server.transport.unary(
    OperatorService.methods.deleteNamespace,
    { namespace: 'short' },
    { deadlineMs: Date.now() + 5000 },
  );
}

async function listed(): Promise<Set<string | null | undefined>> {
  const { executions } = await call('listWorkflowExecutions', { namespace });
  return new Set((executions ?? []).map(({ execution }) => execution?.workflowId));
}

test('what closed longer ago than its namespace keeps it is deleted, and the disk gets the space back', async () => {
  const old = Array.from({ length: 60 }, (_, index) => `old-${index}`);
  await Promise.all(old.map((workflowId) => run(workflowId)));
  await Promise.all(old.map(end));
  await run('open');
  passedMs = dayMs + 60_000;
  await run('new');
  await end('new');
  const largest = statSync(file).size + statSync(`${file}-wal`).size;
  await sweep();
  await vi.waitFor(async () => expect(await listed()).toEqual(new Set(['new', 'open'])), { timeout: 10_000 });
  await vi.waitFor(() => expect(statSync(file).size + statSync(`${file}-wal`).size).toBeLessThan(largest / 4), {
    timeout: 10_000,
  });
  const gone = call('describeWorkflowExecution', { namespace, execution: { workflowId: 'old-1' } });
  await expect(gone).rejects.toThrow(/NOT_FOUND/);
  expect(checkDatabase(file)).toEqual({ runs: 2, problems: [] });
});

test('a deleted namespace takes its executions with it, open ones too', async () => {
  await run('theirs', 'short');
  await run('ours');
  await sweep();
  await vi.waitFor(() => expect(checkDatabase(file).runs).toBe(1), { timeout: 10_000 });
  expect(await listed()).toEqual(new Set(['ours']));
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Calls, callsOf } from '../calls-of.suite.ts';
import { type RunningServer, startServer } from '../server.ts';
import { openDatabase } from '../store/open-database.ts';
import { backUpDatabase } from './back-up-database.ts';
import { checkDatabase } from './check-database.ts';

const namespace = 'default';
let folder: string;
let file: string;
let server: RunningServer;
let call: Calls;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-check-'));
  file = join(folder, 'server.db');
  await start(file);
  await startWorkflow('open');
  await startWorkflow('closed');
  await call('terminateWorkflowExecution', { namespace, workflowExecution: { workflowId: 'closed' } });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function start(dbFilename: string): Promise<void> {
  server = await startServer({ dbFilename });
  call = callsOf(server.transport);
}

async function startWorkflow(workflowId: string): Promise<void> {
  await call('startWorkflowExecution', {
    namespace,
    workflowId,
    workflowType: { name: 'waits' },
    taskQueue: { name: 'nobody' },
    requestId: workflowId,
    memo: { fields: { note: { data: Buffer.from('"kept"') } } },
    searchAttributes: {
      indexedFields: { BuildIds: { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('["a"]') } },
    },
  });
}

/** Changes the file behind the server's back. */
async function tamper(sql: string): Promise<readonly string[]> {
  await server.stop();
  const { database, close } = openDatabase(file);
  database.exec(sql);
  close();
  return checkDatabase(file).problems;
}

describe('checkDatabase', () => {
  test('finds nothing wrong with a database in use, nor with one that was closed', async () => {
    expect(checkDatabase(file)).toEqual({ runs: 2, problems: [] });
    await server.stop();
    expect(checkDatabase(file)).toEqual({ runs: 2, problems: [] });
  });

  test.each([
    ["UPDATE runs SET status = 2 WHERE workflow_id = 'open'", /workflow open, run .+: its row has status 2/],
    ["UPDATE runs SET close_ms = 5 WHERE workflow_id = 'closed'", /workflow closed, .+: its row has close time 5/],
    [
      "UPDATE runs SET agenda_ms = NULL WHERE workflow_id = 'open'",
      /workflow open, .+ on the agenda.+dispatchWorkflowTask/,
    ],
    ['DELETE FROM batches WHERE first_event_id = 1', /expected event 1, found/],
    ['DELETE FROM transitions WHERE seq = 1', /expected transition 1, found 2|it has no transitions/],
    ["DELETE FROM visibility_runs WHERE workflow_id = 'open'", /workflow open, .+: it is not listed/],
    ["UPDATE visibility_runs SET status = 1 WHERE workflow_id = 'closed'", /workflow closed, .+ another status/],
    ["UPDATE visibility_runs SET extra = NULL WHERE workflow_id = 'open'", /workflow open, .+ another memo/],
    ["DELETE FROM runs WHERE workflow_id = 'open'", /rows of batches belong to no run/],
  ])('%s is found', async (sql, problem) => {
    expect(await tamper(sql)).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
  });

  test('a file that is not there is not made', () => {
    expect(() => checkDatabase(join(folder, 'other.db'))).toThrow(/found no such file/);
  });
});

describe('backUpDatabase', () => {
  test('copies a database in use, from which a server goes on', async () => {
    const copy = join(folder, 'copy.db');
    backUpDatabase(file, copy);
    await call('terminateWorkflowExecution', { namespace, workflowExecution: { workflowId: 'open' } });
    expect(checkDatabase(copy)).toEqual({ runs: 2, problems: [] });
    await server.stop();
    await start(copy);
    const task = await call('pollWorkflowTaskQueue', { namespace, taskQueue: { name: 'nobody' } });
    expect(task.workflowExecution?.workflowId).toBe('open');
  });

  test('replaces nothing', () => {
    expect(() => backUpDatabase(file, file)).toThrow(/never replaces anything/);
  });
});

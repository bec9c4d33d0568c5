import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActivityExecutionStatus, OperatorService, TestService } from '@reprise/proto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Calls, callsOf } from './calls-of.suite.ts';
import { checkDatabase } from './check/check-database.ts';
import { StatusCode } from './errors.ts';
import type { ServerOptions } from './server-options.ts';
import { type RunningServer, startServer } from './server.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };
const activity = { namespace, activityType: { name: 'charge' }, taskQueue, startToCloseTimeout: { seconds: 60 } };
const result = { payloads: [{ data: Buffer.from('"paid"') }] };
const { ACTIVITY_EXECUTION_STATUS_RUNNING: running } = ActivityExecutionStatus;

let folder: string;
let server: RunningServer;
let call: Calls;

async function start(options: ServerOptions = {}): Promise<void> {
  server = await startServer({ logLevel: 'none', ...options });
  call = callsOf(server.transport);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-standalone-'));
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe('activities of their own', () => {
  test('outlive the server, with their attempts, outcomes and request ids', async () => {
    const dbFilename = join(folder, 'server.db');
    await start({ dbFilename });
    const { runId } = await call('startActivityExecution', { ...activity, activityId: 'done', requestId: 'done' });
    const first = await call('pollActivityTaskQueue', { namespace, taskQueue });
    await call('respondActivityTaskCompleted', { namespace, taskToken: first.taskToken, result });
    await call('startActivityExecution', { ...activity, activityId: 'taken', requestId: 'taken' });
    const taken = await call('pollActivityTaskQueue', { namespace, taskQueue });
    await call('startActivityExecution', { ...activity, activityId: 'waiting', requestId: 'waiting' });
    await server.stop();

    await start({ dbFilename });
    expect(await call('pollActivityExecution', { namespace, activityId: 'done' })).toMatchObject({
      runId,
      outcome: { result: { payloads: [{ data: new Uint8Array(Buffer.from('"paid"')) }] } },
    });
    expect(await call('startActivityExecution', { ...activity, activityId: 'done', requestId: 'done' })).toEqual({
      runId,
    });
    const next = await call('pollActivityTaskQueue', { namespace, taskQueue });
    expect(next.activityId).toBe('waiting');
    await call('respondActivityTaskCompleted', { namespace, taskToken: taken.taskToken, result });
    const { executions } = await call('listActivityExecutions', { namespace, query: 'ExecutionStatus = "Running"' });
    expect(executions).toMatchObject([{ activityId: 'waiting', status: running }]);
    await server.stop();
    expect(checkDatabase(dbFilename)).toEqual({ runs: 3, problems: [] });
    await start();
  });

  test('wait as long as they were told to before their first attempt', async () => {
    await start({ timeSkipping: true });
    const skips = (seconds: number) =>
      server.transport.unary(TestService.methods.unlockTimeSkippingWithSleep, { duration: { seconds } }, {});
    await call('startActivityExecution', {
      ...activity,
      activityId: 'later',
      startDelay: { seconds: 600 },
      scheduleToCloseTimeout: { seconds: 60 },
    });
    const { info } = await call('describeActivityExecution', { namespace, activityId: 'later' });
    const at = (time: { seconds?: number | null | undefined } | null | undefined): number => time?.seconds ?? 0;
    expect(at(info?.executionTime) - at(info?.scheduleTime)).toBe(600);
    expect(at(info?.expirationTime) - at(info?.scheduleTime)).toBe(660);
    await skips(300);
    expect(await call('pollActivityTaskQueue', { namespace, taskQueue }, { timeoutMs: 2100 })).toEqual({});
    await skips(301);
    expect(await call('pollActivityTaskQueue', { namespace, taskQueue })).toMatchObject({
      activityId: 'later',
      attempt: 1,
    });
  });

  test('of one namespace are nothing to another', async () => {
    await start({ namespaces: ['other'] });
    await call('startActivityExecution', { ...activity, activityId: 'a', requestId: 'a' });
    await call('startActivityExecution', { ...activity, namespace: 'other', activityId: 'a', requestId: 'b' });
    const { taskToken } = await call('pollActivityTaskQueue', { namespace, taskQueue });
    await expect(call('respondActivityTaskCompleted', { namespace: 'other', taskToken, result })).rejects.toMatchObject(
      { code: StatusCode.INVALID_ARGUMENT },
    );
    await call('terminateActivityExecution', { namespace: 'other', activityId: 'a' });
    const { info } = await call('describeActivityExecution', { namespace, activityId: 'a' });
    expect(info?.status).toBe(running);
    expect(await call('countActivityExecutions', { namespace, query: 'ExecutionStatus = "Terminated"' })).toEqual({});
  });

  test('share an id with a workflow, but nothing else', async () => {
    await start();
    const { runId } = await call('startActivityExecution', { ...activity, activityId: 'a', requestId: 'a' });
    const workflow = { namespace, workflowId: 'a', workflowType: { name: 'pay' }, taskQueue, requestId: 'w' };
    await call('startWorkflowExecution', workflow);
    for (const execution of [{ workflowId: 'a', runId }, { workflowId: 'b' }]) {
      await expect(call('describeWorkflowExecution', { namespace, execution })).rejects.toMatchObject({
        code: StatusCode.NOT_FOUND,
      });
    }
    await call('deleteWorkflowExecution', { namespace, workflowExecution: { workflowId: 'a' } });
    expect(await call('describeActivityExecution', { namespace, activityId: 'a' })).toMatchObject({ runId });
  });

  test('go with their namespace', async () => {
    await start({ namespaces: ['other'] });
    await call('startActivityExecution', { ...activity, namespace: 'other', activityId: 'a', requestId: 'a' });
    const waits = call('pollActivityExecution', { namespace: 'other', activityId: 'a' });
    await server.transport.unary(OperatorService.methods.deleteNamespace, { namespace: 'other' }, {});
    expect((await waits).outcome?.failure?.terminatedFailureInfo).toBeDefined();
  });

  test('are refused where they are switched off', async () => {
    await start({ dynamicConfig: { 'activity.enableStandalone': false } });
    await expect(call('startActivityExecution', { ...activity, activityId: 'a' })).rejects.toMatchObject({
      code: StatusCode.UNIMPLEMENTED,
    });
    const { namespaceInfo } = await call('describeNamespace', { namespace });
    expect(namespaceInfo?.capabilities?.standaloneActivities).toBeFalsy();
  });
});

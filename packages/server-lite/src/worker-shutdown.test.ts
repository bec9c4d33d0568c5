/** What becomes of the polls of a worker that says that it goes. */
import { TaskQueueType } from '@reprise/proto';
import { afterEach, expect, test } from 'vitest';
import { type Calls, callsOf } from './calls-of.suite.ts';
import { type RunningServer, startServer } from './server.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };
const worker = { namespace, identity: 'worker', workerInstanceKey: 'key' };
const key = 'frontend.enableCancelWorkerPollsOnShutdown';

let server: RunningServer;
let call: Calls;
afterEach(() => server.stop());

async function start(endsPolls: boolean): Promise<void> {
  server = await startServer({ dynamicConfig: { [key]: endsPolls } });
  call = callsOf(server.transport);
}

const poll = () => call('pollWorkflowTaskQueue', { ...worker, taskQueue }, { timeoutMs: 60_000 });
const startWorkflow = () =>
  call('startWorkflowExecution', { namespace, workflowId: 'a', workflowType: { name: 'any' }, taskQueue });
const shutDown = () =>
  call('shutdownWorker', {
    ...worker,
    taskQueue: taskQueue.name,
    taskQueueTypes: [TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW],
  });
const endsPolls = async () =>
  (await call('describeNamespace', { namespace })).namespaceInfo?.capabilities?.workerPollCompleteOnShutdown;

test('where the server ends them, open ones and those that come late get nothing, and it polls no more', async () => {
  await start(true);
  expect(await endsPolls()).toBe(true);
  const open = poll();
  await expect.poll(async () => (await call('describeTaskQueue', { namespace, taskQueue })).pollers?.length).toBe(1);
  await shutDown();
  expect((await open).taskToken).toBeFalsy();
  await startWorkflow();
  expect((await poll()).taskToken).toBeFalsy();
  expect((await call('describeTaskQueue', { namespace, taskQueue })).pollers ?? []).toEqual([]);
});

test('where it does not, they stay open', async () => {
  await start(false);
  expect(await endsPolls()).toBeFalsy();
  const open = poll();
  await shutDown();
  await startWorkflow();
  expect((await open).workflowExecution?.workflowId).toBe('a');
});

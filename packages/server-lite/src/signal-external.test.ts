/** Signals that workflows send each other, and what becomes of those that cannot be taken at once. */
import { CommandType, EventType } from '@reprise/proto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Calls, callsOf } from './calls-of.suite.ts';
import { type RunningServer, startServer } from './server.ts';

const namespace = 'default';
let server: RunningServer;
let call: Calls;

beforeEach(async () => {
  server = await startServer({ logLevel: 'error' });
  call = callsOf(server.transport);
});
afterEach(() => server.stop());

const start = (workflowId: string) =>
  call('startWorkflowExecution', {
    namespace,
    workflowId,
    workflowType: { name: 'any' },
    taskQueue: { name: workflowId },
  });
const poll = (workflowId: string) => call('pollWorkflowTaskQueue', { namespace, taskQueue: { name: workflowId } });
const respond = (taskToken: Uint8Array | null | undefined, commands: object[] = []) =>
  call('respondWorkflowTaskCompleted', { namespace, taskToken, commands });
const signal = (workflowId: string) =>
  call('signalWorkflowExecution', { namespace, workflowExecution: { workflowId }, signalName: 'early' });

async function typesOf(workflowId: string): Promise<unknown[]> {
  const { history } = await call('getWorkflowExecutionHistory', { namespace, execution: { workflowId } });
  return (history?.events ?? []).map(({ eventType }) => eventType);
}

const complete = {
  commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: {},
};
const signalTarget = {
  commandType: CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
  signalExternalWorkflowExecutionCommandAttributes: { execution: { workflowId: 'target' }, signalName: 'late' },
};

test('a signal for a workflow that is about to close waits until it has closed, or has not', async () => {
  await start('target');
  const first = await poll('target');
  await signal('target');
  // It may not close over a signal that it has not seen: it gets a task more, in which nothing else reaches it.
  await expect(respond(first.taskToken, [complete])).rejects.toThrow('UnhandledCommand');
  const second = await poll('target');
  await start('sender');
  await respond((await poll('sender')).taskToken, [signalTarget]);
  expect(await typesOf('sender')).not.toContain(EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED);

  await respond(second.taskToken);
  const third = await poll('target');
  expect(await typesOf('target')).toEqual(
    expect.arrayContaining([
      EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
      EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
    ]),
  );
  expect(
    third.history?.events?.filter(({ workflowExecutionSignaledEventAttributes: it }) => it?.signalName === 'late'),
  ).toHaveLength(1);
  await poll('sender');
  expect(await typesOf('sender')).toContain(EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED);
});

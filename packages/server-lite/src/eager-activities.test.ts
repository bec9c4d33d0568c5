import { CommandType, EventType } from '@reprise/proto';
import { afterEach, expect, test } from 'vitest';
import { type Calls, callsOf } from './calls-of.suite.ts';
import { type RunningServer, startServer } from './server.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };
const execution = { workflowId: 'eager' };

let server: RunningServer;
let call: Calls;
afterEach(async () => {
  await server.stop();
});

const activity = (activityId: string, more: object = {}) => ({
  commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
  scheduleActivityTaskCommandAttributes: {
    activityId,
    activityType: { name: 'work' },
    taskQueue,
    startToCloseTimeout: { seconds: 60 },
    requestEagerExecution: true,
    ...more,
  },
});

/** What comes with the answer to a workflow task that asks for three activities. */
async function answer(dynamicConfig: Record<string, unknown>) {
  server = await startServer({ dynamicConfig, writeLog: () => undefined });
  call = callsOf(server.transport);
  await call('startWorkflowExecution', { namespace, workflowId: 'eager', workflowType: { name: 'any' }, taskQueue });
  const { taskToken } = await call('pollWorkflowTaskQueue', { namespace, taskQueue });
  const commands = [
    activity('here'),
    activity('unasked', { requestEagerExecution: false }),
    activity('elsewhere', { taskQueue: { name: 'other' } }),
  ];
  return await call('respondWorkflowTaskCompleted', { namespace, taskToken, commands, identity: 'worker' });
}

test('an activity goes with the answer to the worker that has room for it, and to nobody else', async () => {
  const { activityTasks } = await answer({ 'system.enableActivityEagerExecution': true });
  expect(activityTasks).toMatchObject([{ activityId: 'here', attempt: 1, workflowExecution: execution }]);
  expect((await call('pollActivityTaskQueue', { namespace, taskQueue })).activityId).toBe('unasked');
  await call('respondActivityTaskCompleted', { namespace, taskToken: activityTasks?.[0]?.taskToken });
  const { history } = await call('getWorkflowExecutionHistory', { namespace, execution });
  const started = history?.events?.find(({ eventType }) => eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED);
  expect(started?.activityTaskStartedEventAttributes).toMatchObject({
    attempt: 1,
    identity: 'worker',
    scheduledEventId: 5,
  });
});

test('activities wait for a poll unless configuration says otherwise', async () => {
  expect((await answer({})).activityTasks ?? []).toEqual([]);
  expect((await call('pollActivityTaskQueue', { namespace, taskQueue })).activityId).toBe('here');
});

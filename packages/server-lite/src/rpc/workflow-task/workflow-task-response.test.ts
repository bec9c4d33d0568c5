import { CommandType, EventType } from '@reprise/proto';
import { expect, test } from 'vitest';
import { callsOf } from '../../calls-of.suite.ts';
import { startServer } from '../../server.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };

/**
 * The answer that brings the next task, an update's, waits for its commit. Meanwhile the run signals itself, which fails
 * and writes the events of that task in a commit still to come.
 */
test('a task that an answer brings has its own events, whatever else happens in the turn', async () => {
  const server = await startServer();
  const call = callsOf(server.transport);
  await call('startWorkflowExecution', {
    namespace,
    workflowId: 'a',
    requestId: 'a',
    workflowType: { name: 'signalsItself' },
    taskQueue,
  });
  const first = await call('pollWorkflowTaskQueue', { namespace, taskQueue });
  const update = call('updateWorkflowExecution', {
    namespace,
    workflowExecution: { workflowId: 'a' },
    waitPolicy: { lifecycleStage: 2 },
    request: { meta: { updateId: 'u' }, input: { name: 'change' } },
  }).catch((error: unknown) => error);
  await new Promise(setImmediate);
  const { workflowTask } = await call('respondWorkflowTaskCompleted', {
    namespace,
    taskToken: first.taskToken ?? null,
    returnNewWorkflowTask: true,
    stickyAttributes: { workerTaskQueue: { name: 'sticky' }, scheduleToStartTimeout: { seconds: 5 } },
    commands: [
      {
        commandType: CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
        signalExternalWorkflowExecutionCommandAttributes: { execution: { workflowId: 'a' }, signalName: 'again' },
      },
    ],
  });
  expect(workflowTask?.messages).toHaveLength(1);
  expect(workflowTask?.history?.events?.map(({ eventId, eventType }) => [eventId, eventType])).toEqual([
    [4, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED],
    [5, EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED],
    [6, EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED],
    [7, EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED],
  ]);
  await server.stop();
  await update;
});

/** Tasks and those who wait for them, as clients see it. */
import { CommandType, type RpcError, TaskQueueKind, TaskQueueType, WorkflowService } from '@reprise/proto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Calls, callsOf } from '../calls-of.suite.ts';
import { type RunningServer, startServer } from '../server.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };

let server: RunningServer;
let call: Calls;
beforeEach(async () => {
  server = await startServer();
  call = callsOf(server.transport);
});
afterEach(() => server.stop());

const startWorkflow = (workflowId: string) =>
  call('startWorkflowExecution', { namespace, workflowId, workflowType: { name: 'any' }, taskQueue, requestId: 'r' });

function poll(signal?: AbortSignal) {
  const options = { deadlineMs: Date.now() + 100_000, ...(signal ? { signal } : {}) };
  return server.transport.unary(WorkflowService.methods.pollWorkflowTaskQueue, { namespace, taskQueue }, options);
}

const stats = async () => (await call('describeTaskQueue', { namespace, taskQueue, reportStats: true })).stats;

describe('a poll', () => {
  test('that was given up takes no task with it', async () => {
    for (let turn = 0; turn < 30; turn++) {
      const gone = new AbortController();
      const given = poll(gone.signal).catch((error: RpcError) => error.code);
      const started = startWorkflow(`workflow-${turn}`);
      // Before the start, while it is decided, or while it is stored.
      for (let step = 0; step < turn % 3; step++) await Promise.resolve();
      gone.abort();
      expect(await given).toBe(1);
      await started;
      const { workflowExecution } = await poll();
      expect(workflowExecution?.workflowId).toBe(`workflow-${turn}`);
    }
  });

  test('gets the task that has waited longest', async () => {
    for (const workflowId of ['first', 'second', 'third']) await startWorkflow(workflowId);
    const order = [await poll(), await poll(), await poll()].map(
      ({ workflowExecution }) => workflowExecution?.workflowId,
    );
    expect(order).toEqual(['first', 'second', 'third']);
  });

  test('is one of thousands, each of which gets a task', async () => {
    const polls = Array.from({ length: 2000 }, () => poll());
    await Promise.all(Array.from({ length: 2000 }, (_, index) => startWorkflow(`workflow-${index}`)));
    const ids = (await Promise.all(polls)).map(({ workflowExecution }) => workflowExecution?.workflowId);
    expect(new Set(ids).size).toBe(2000);
  });
});

describe('a queue', () => {
  test('tells of what waits in it, how old that is, and how fast it goes', async () => {
    expect(await stats()).toMatchObject({ approximateBacklogAge: {} });
    await startWorkflow('a');
    await startWorkflow('b');
    const waiting = await stats();
    expect(waiting?.approximateBacklogCount).toBe(2);
    expect(waiting?.tasksAddRate).toBeGreaterThan(0);
    await poll();
    const { pollers } = await call('describeTaskQueue', { namespace, taskQueue });
    expect(pollers).toMatchObject([{ ratePerSecond: 100_000 }]);
    expect(await stats()).toMatchObject({ approximateBacklogCount: 1 });
    expect((await stats())?.tasksDispatchRate).toBeGreaterThan(0);
  });

  test('hands out activities no faster than its workers want', async () => {
    await startWorkflow('a');
    const { taskToken } = await poll();
    const commands = ['1', '2', '3'].map((activityId) => ({
      commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
      scheduleActivityTaskCommandAttributes: {
        activityId,
        activityType: { name: 'any' },
        taskQueue,
        startToCloseTimeout: { seconds: 60 },
      },
    }));
    await call('respondWorkflowTaskCompleted', { namespace, taskToken: taskToken ?? null, commands });
    const slowly = { namespace, taskQueue, taskQueueMetadata: { maxTasksPerSecond: { value: 0.001 } } };
    expect((await call('pollActivityTaskQueue', slowly)).activityId).toBe('1');
    expect((await call('pollActivityTaskQueue', slowly, { timeoutMs: 2500 })).activityId).toBeUndefined();
  });
});

describe('a sticky queue', () => {
  const sticky = { name: 'of-worker', kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY, normalName: 'queue' };

  async function becomeSticky(): Promise<void> {
    await startWorkflow('a');
    const { taskToken } = await poll();
    await call('respondWorkflowTaskCompleted', {
      namespace,
      taskToken: taskToken ?? null,
      stickyAttributes: { workerTaskQueue: sticky, scheduleToStartTimeout: { seconds: 60 } },
    });
  }
  const signal = () =>
    call('signalWorkflowExecution', { namespace, workflowExecution: { workflowId: 'a' }, signalName: 's' });

  test('keeps the tasks of its worker, with what is new to it', async () => {
    await becomeSticky();
    const polled = call('pollWorkflowTaskQueue', { namespace, taskQueue: sticky });
    await signal();
    const { history, previousStartedEventId } = await polled;
    expect(history?.events?.[0]?.eventId).toBe(Number(previousStartedEventId) + 1);
  });

  test('that nobody polls leaves its tasks to the normal one', async () => {
    await becomeSticky();
    await signal();
    expect((await poll()).history?.events?.[0]?.eventId).toBe(1);
  });

  test('whose worker shuts down gives them back', async () => {
    await becomeSticky();
    const polled = call('pollWorkflowTaskQueue', { namespace, taskQueue: sticky }, { timeoutMs: 2500 });
    await polled;
    await signal();
    await call('shutdownWorker', { namespace, stickyTaskQueue: sticky.name, identity: 'worker' });
    expect((await poll()).history?.events?.[0]?.eventId).toBe(1);
  });
});

describe('a task queue tells', () => {
  const schedule = (priorityKey: number, activityId: string) => ({
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId,
      activityType: { name: 'any' },
      taskQueue,
      startToCloseTimeout: { seconds: 10 },
      priority: { priorityKey, fairnessKey: 'tenant' },
    },
  });
  const activityQueue = { namespace, taskQueue, taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY };

  async function scheduleActivities(): Promise<void> {
    await startWorkflow('busy');
    const { taskToken } = await poll();
    const commands = [schedule(1, 'a'), schedule(1, 'b'), schedule(5, 'c')];
    await call('respondWorkflowTaskCompleted', { namespace, taskToken, commands });
  }

  test('how fast tasks of each priority come and go', async () => {
    await scheduleActivities();
    await call('pollActivityTaskQueue', { namespace, taskQueue });
    const { statsByPriorityKey } = await call('describeTaskQueue', { ...activityQueue, reportStats: true });
    const told = Object.entries(statsByPriorityKey ?? {}).map(([priority, of]) => [
      Number(priority),
      of.approximateBacklogCount ?? 0,
      (of.tasksAddRate ?? 0) > 0,
      (of.tasksDispatchRate ?? 0) > 0,
    ]);
    expect(told).toEqual([
      [1, 1, true, true],
      [3, 0, false, false],
      [5, 1, true, false],
    ]);
  });

  test('nothing more to a worker, when its fairness key may have no more', async () => {
    await call('updateTaskQueueConfig', {
      namespace,
      taskQueue: taskQueue.name,
      taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
      updateFairnessKeyRateLimitDefault: { rateLimit: { requestsPerSecond: 0.001 } },
    });
    await scheduleActivities();
    expect((await call('pollActivityTaskQueue', { namespace, taskQueue })).activityId).toBe('a');
    const empty = call('pollActivityTaskQueue', { namespace, taskQueue }, { timeoutMs: 2500 });
    expect((await empty).activityId).toBeFalsy();
    await call('updateTaskQueueConfig', {
      namespace,
      taskQueue: taskQueue.name,
      taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
      updateFairnessKeyRateLimitDefault: {},
    });
    expect((await call('pollActivityTaskQueue', { namespace, taskQueue })).activityId).toBe('b');
  });
});

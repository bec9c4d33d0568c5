/** Limits on one run, as configuration sets them. What they do was seen on a real server that was given the same values. */
import { CommandType, EventType, ParentClosePolicy, RpcError } from '@reprise/proto';
import { afterEach, describe, expect, test } from 'vitest';
import { type Calls, callsOf } from './calls-of.suite.ts';
import { type RunningServer, startServer } from './server.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };
const workflowExecution = { workflowId: 'grows' };
const invalid = 3;
const payload = (bytes: number) => ({ data: Buffer.alloc(bytes, 'x') });

let server: RunningServer;
let call: Calls;
const lines: string[] = [];
afterEach(async () => {
  await server.stop();
  lines.length = 0;
});

async function begin(dynamicConfig: Record<string, unknown>): Promise<void> {
  server = await startServer({ dynamicConfig, writeLog: (line) => void lines.push(line) });
  call = callsOf(server.transport);
}

const start = (more: object = {}) =>
  call('startWorkflowExecution', { namespace, workflowId: 'grows', workflowType: { name: 'any' }, taskQueue, ...more });
const signal = (bytes = 0) =>
  call('signalWorkflowExecution', {
    namespace,
    workflowExecution,
    signalName: 's',
    input: { payloads: [payload(bytes)] },
  });
const pollTask = async () => (await call('pollWorkflowTaskQueue', { namespace, taskQueue })).taskToken;

async function complete(commands: object[] = [], more: object = {}): Promise<void> {
  await call('respondWorkflowTaskCompleted', { namespace, taskToken: await pollTask(), commands, ...more });
}

async function refusal(answer: Promise<unknown>): Promise<unknown> {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof RpcError ? [error.code, error.details] : error;
}

async function events(workflowId = 'grows') {
  const { history } = await call('getWorkflowExecutionHistory', { namespace, execution: { workflowId } });
  return history?.events ?? [];
}

const typesOf = async (workflowId?: string) => (await events(workflowId)).map(({ eventType }) => eventType);

describe('a run that would get too large is terminated as it was, and the caller hears why', () => {
  const timers = ['a', 'b', 'c', 'd'].map((timerId) => ({
    commandType: CommandType.COMMAND_TYPE_START_TIMER,
    startTimerCommandAttributes: { timerId, startToFireTimeout: { seconds: 60 } },
  }));

  test('by the number of its events', async () => {
    await begin({ 'limit.historyCount.error': 6 });
    await start();
    expect(await refusal(complete(timers))).toEqual([invalid, 'Workflow history count exceeds limit.']);
    expect(await typesOf()).toEqual([
      EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
      EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
      EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
      EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
      EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
    ]);
  });

  test('by the bytes of its history', async () => {
    await begin({ 'limit.historySize.error': 1000 });
    await start();
    await signal(1500);
    expect(await refusal(signal())).toEqual([invalid, 'Workflow history size exceeds limit.']);
    expect((await events()).at(-1)?.workflowExecutionTerminatedEventAttributes).toMatchObject({
      reason: 'Workflow history size exceeds limit.',
      identity: 'history-service',
    });
  });

  const limit = { 'limit.mutableStateSize.error': 3000, 'limit.mutableStateSize.warn': 2000 };
  const tooLarge = [invalid, 'Workflow mutable state size exceeds limit.'];

  test('by its memo', async () => {
    await begin(limit);
    await start({ memo: { fields: { note: payload(3500) } } });
    expect(await refusal(signal())).toEqual(tooLarge);
    await start({ memo: { fields: { note: payload(1000) } } });
    await signal();
  });

  test('by the heartbeats of its activities', async () => {
    await begin(limit);
    await start();
    const scheduleActivityTaskCommandAttributes = {
      activityId: 'a',
      activityType: { name: 'a' },
      taskQueue,
      startToCloseTimeout: { seconds: 60 },
    };
    const commandType = CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK;
    await complete([{ commandType, scheduleActivityTaskCommandAttributes }]);
    const { taskToken } = await call('pollActivityTaskQueue', { namespace, taskQueue });
    const beat = (bytes: number) =>
      call('recordActivityTaskHeartbeat', { namespace, taskToken, details: { payloads: [payload(bytes)] } });
    await beat(1400);
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toContain(
      'the state of an execution is large',
    );
    expect(await refusal(beat(3500))).toEqual(tooLarge);
    expect((await typesOf()).at(-1)).toBe(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED);
  });

  test('by what it holds back, but not by what goes to history at once', async () => {
    await begin(limit);
    await start();
    await signal(3500);
    await pollTask();
    expect(await refusal(signal(3500))).toEqual(tooLarge);
  });
});

test('a task ends when more bytes are held back than may be', async () => {
  await begin({ 'history.maximumBufferedEventsSizeInBytes': 1000 });
  await start();
  await pollTask();
  await signal(600);
  await signal(600);
  expect((await typesOf()).slice(3, 6)).toEqual([
    EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  ]);
});

test('so many points to reset to are kept, the newest', async () => {
  await begin({ 'history.historyMaxAutoResetPoints': 2 });
  await start();
  for (const binaryChecksum of ['one', 'two', 'three', 'one']) {
    await complete([], { binaryChecksum });
    await signal();
  }
  const { workflowExecutionInfo } = await call('describeWorkflowExecution', {
    namespace,
    execution: workflowExecution,
  });
  expect(workflowExecutionInfo?.autoResetPoints?.points?.map((point) => point.binaryChecksum)).toEqual([
    'three',
    'one',
  ]);
});

test.each([
  [2, 'temporal-sys-parent-close-policy-workflow'],
  [3, 'history-service'],
])('with a threshold of %i two children are closed by %s', async (threshold, identity) => {
  await begin({ 'history.parentClosePolicyThreshold': threshold });
  await start();
  const commandType = CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION;
  const child = (workflowId: string) => ({
    commandType,
    startChildWorkflowExecutionCommandAttributes: {
      workflowId,
      workflowType: { name: 'child' },
      taskQueue: { name: 'children' },
      parentClosePolicy: ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE,
    },
  });
  await complete([child('first'), child('second')]);
  for (let started = 0; started < 2; started++) {
    await call('pollWorkflowTaskQueue', { namespace, taskQueue: { name: 'children' } });
  }
  await call('terminateWorkflowExecution', { namespace, workflowExecution });
  const { history } = await call('getWorkflowExecutionHistory', {
    namespace,
    execution: { workflowId: 'first' },
    waitNewEvent: true,
    historyEventFilterType: 2,
  });
  expect(history?.events?.at(-1)?.workflowExecutionTerminatedEventAttributes?.identity).toBe(identity);
});

test('texts about a workflow or an activity are limited when configuration says so', async () => {
  await begin({ 'limit.userMetadataSummarySize': 10, 'limit.userMetadataDetailsSize': 20 });
  await start({ userMetadata: { summary: payload(8), details: payload(18) } });
  const long = (field: string, limited: number) =>
    refusal(start({ workflowId: 'other', userMetadata: { [field]: payload(limited) } }));
  expect(await long('summary', 9)).toEqual([invalid, 'user_metadata.summary exceeds size limit. Length=11 Limit=10']);
  expect(await long('details', 19)).toEqual([invalid, 'user_metadata.details exceeds size limit. Length=21 Limit=20']);
  const activity = call('startActivityExecution', {
    namespace,
    activityId: 'a',
    activityType: { name: 'a' },
    taskQueue,
    requestId: 'r',
    startToCloseTimeout: { seconds: 1 },
    userMetadata: { summary: payload(9) },
  });
  expect(await refusal(activity)).toEqual([invalid, 'user_metadata.summary exceeds size limit. Length=11 Limit=10']);
});

test.each([
  ['1ms', 'sync_match_rate{namespace="default",taskqueue="queue",task_type="Workflow"} 0'],
  ['1h', 'sync_match_rate{namespace="default",taskqueue="queue",task_type="Workflow"} 1'],
])('with %s to wait for a poll, the metrics say %s', async (wait, line) => {
  let nowMs = Date.UTC(2030, 0, 1);
  server = await startServer({
    dynamicConfig: { 'matching.syncMatchWaitDuration': wait },
    metricsPort: 0,
    clock: { now: () => nowMs++ },
  });
  call = callsOf(server.transport);
  await start();
  await pollTask();
  const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text();
  expect(text.split('\n')).toContain(line);
});

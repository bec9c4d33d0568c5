import { CommandType, TimeoutType } from '@reprise/proto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VirtualServer } from './simulation/virtual-server.suite.ts';

const namespace = 'default';
const taskQueue = { name: 'queue' };
const workflowExecution = { workflowId: 'pays' };

let server: VirtualServer;

beforeEach(() => {
  vi.useFakeTimers({
    now: Date.UTC(2030, 0, 1),
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  });
  server = new VirtualServer(1);
});
afterEach(async () => {
  await server.stop();
  vi.useRealTimers();
});

const { TIMEOUT_TYPE_SCHEDULE_TO_CLOSE, TIMEOUT_TYPE_SCHEDULE_TO_START, TIMEOUT_TYPE_START_TO_CLOSE } = TimeoutType;
const limit = { seconds: 10 };

test.each([
  ['schedule-to-close, given alone', { scheduleToCloseTimeout: limit }, TIMEOUT_TYPE_SCHEDULE_TO_CLOSE],
  [
    'schedule-to-close before what counts from the start',
    { scheduleToCloseTimeout: limit, startToCloseTimeout: limit, heartbeatTimeout: limit },
    TIMEOUT_TYPE_SCHEDULE_TO_CLOSE,
  ],
  [
    'start-to-close before the heartbeat',
    { startToCloseTimeout: limit, heartbeatTimeout: limit },
    TIMEOUT_TYPE_START_TO_CLOSE,
  ],
])('of limits that end together an activity exceeds %s', async (_, limits, timeoutType) => {
  expect(await timeoutOf(limits, { isTaken: true })).toBe(timeoutType);
});

test('of limits that end together an activity that waits exceeds schedule-to-start', async () => {
  const limits = { scheduleToCloseTimeout: limit, scheduleToStartTimeout: limit };
  expect(await timeoutOf(limits, { isTaken: false })).toBe(TIMEOUT_TYPE_SCHEDULE_TO_START);
});

/** Runs an activity that never answers, taken in the very millisecond in which it was scheduled. */
async function timeoutOf(limits: object, { isTaken }: { readonly isTaken: boolean }): Promise<TimeoutType | undefined> {
  await server.call('startWorkflowExecution', {
    namespace,
    ...workflowExecution,
    workflowType: { name: 'pay' },
    taskQueue,
    requestId: 'start',
  });
  const { taskToken } = await server.call('pollWorkflowTaskQueue', { namespace, taskQueue });
  const scheduleActivityTaskCommandAttributes = {
    activityId: 'charge',
    activityType: { name: 'charge' },
    taskQueue,
    retryPolicy: { maximumAttempts: 1 },
    ...limits,
  };
  const commandType = CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK;
  await server.call('respondWorkflowTaskCompleted', {
    namespace,
    taskToken,
    commands: [{ commandType, scheduleActivityTaskCommandAttributes }],
  });
  if (isTaken) await server.call('pollActivityTaskQueue', { namespace, taskQueue });
  await vi.advanceTimersByTimeAsync(10_000);
  const { history } = await server.call('getWorkflowExecutionHistory', { namespace, execution: workflowExecution });
  const timedOut = history?.events?.find((event) => event.activityTaskTimedOutEventAttributes);
  return timedOut?.activityTaskTimedOutEventAttributes?.failure?.timeoutFailureInfo?.timeoutType ?? undefined;
}

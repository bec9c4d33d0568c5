import { activityInfo, cancelled, CompleteAsyncError, Context } from '@reprise/activity';
import {
  ApplicationFailure,
  CancelledFailure,
  decodeUtf8,
  defaultDataConverter,
  encodeUtf8,
  meterTo,
  noopMetricMeter,
  type Logger,
  type MetricMeter,
} from '@reprise/common';
import { expect, test } from 'vitest';
import { DefaultLogger } from '../log/default-logger.ts';
import { ActivityRegistry } from './activity-registry.ts';
import type { ActivityTask } from './activity-task.ts';
import { ActivityExecution, type ActivityOutcome } from './execution.ts';
import type { ActivityInterceptorsFactory } from './interceptors.ts';

const json = (value: unknown) => ({
  metadata: { encoding: encodeUtf8('json/plain') },
  data: encodeUtf8(JSON.stringify(value)),
});

function task(activityType: string, ...args: unknown[]): ActivityTask {
  return {
    taskToken: new Uint8Array(),
    info: {
      taskToken: new Uint8Array(),
      base64TaskToken: '',
      activityId: '1',
      activityType,
      activityNamespace: 'default',
      namespace: 'default',
      attempt: 2,
      isLocal: false,
      scheduledTimestampMs: 0,
      currentAttemptScheduledTimestampMs: 0,
      scheduleToCloseTimeoutMs: 0,
      startToCloseTimeoutMs: 0,
      taskQueue: 'q',
      inWorkflow: true,
    },
    input: args.map(json),
    headers: {},
    heartbeatDetails: [json('left off here')],
  };
}

const silent: Logger = new DefaultLogger('ERROR', () => undefined);

function execution(
  activities: object,
  of: ActivityTask,
  interceptors: ActivityInterceptorsFactory[] = [],
  { metricMeter = noopMetricMeter, logger = silent }: { metricMeter?: MetricMeter; logger?: Logger } = {},
): ActivityExecution {
  return new ActivityExecution(of, {
    registry: new ActivityRegistry(activities),
    dataConverter: defaultDataConverter,
    interceptors,
    logger,
    metricMeter,
    client: undefined,
    heartbeat: () => undefined,
  });
}

const valueOf = (outcome: ActivityOutcome): unknown =>
  outcome.status === 'completed' ? JSON.parse(decodeUtf8(outcome.result.data ?? new Uint8Array()) ?? '') : outcome;
const failureOf = (outcome: ActivityOutcome) => (outcome.status === 'failed' ? outcome.failure : undefined);

test('an activity gets its arguments and its context, and its result is converted', async () => {
  const activities = {
    add: (a: number, b: number) => [a + b, activityInfo().attempt, activityInfo().heartbeatDetails],
  };
  expect(valueOf(await execution(activities, task('add', 2, 3)).run())).toEqual([5, 2, 'left off here']);
});

test('members of classes are activities, and keep their object', async () => {
  class Greeter {
    readonly word = 'hello';
    greet(name: string): string {
      return `${this.word} ${name}`;
    }
  }
  expect(valueOf(await execution(new Greeter(), task('greet', 'you')).run())).toBe('hello you');
});

test('an unknown activity fails with the names of those there are', async () => {
  const outcome = await execution({ a: () => 1, b: () => 2 }, task('c')).run();
  expect(failureOf(outcome)).toMatchObject({
    message: 'Activity function c is not registered on this Worker, available activities: ["a","b"]',
    applicationFailureInfo: { type: 'NotFoundError', nonRetryable: false },
  });
});

test('the activity named default takes what no other does', async () => {
  expect(valueOf(await execution({ default: () => activityInfo().activityType }, task('c')).run())).toBe('c');
});

test('a failure keeps its type and whether it may be retried', async () => {
  const activities = {
    fail: () => {
      throw ApplicationFailure.nonRetryable('no', 'Never', 7);
    },
  };
  const failure = failureOf(await execution(activities, task('fail')).run());
  expect(failure).toMatchObject({ message: 'no', applicationFailureInfo: { type: 'Never', nonRetryable: true } });
});

test('a result that cannot be converted fails the activity', async () => {
  const failure = failureOf(await execution({ big: () => 10n }, task('big')).run());
  expect(failure?.message).toContain('Unable to convert');
});

test('an activity may be completed elsewhere', async () => {
  const activities = {
    later: () => {
      throw new CompleteAsyncError();
    },
  };
  expect(await execution(activities, task('later')).run()).toEqual({ status: 'willCompleteAsync' });
});

test('a cancelled activity that lets the cancellation through ends as cancelled', async () => {
  const run = execution({ wait: () => cancelled() }, task('wait'));
  const outcome = run.run();
  run.cancel('CANCELLED', { cancelRequested: true });
  expect(await outcome).toMatchObject({ status: 'cancelled', failure: { message: 'CANCELLED' } });
});

test('a cancellation that nobody asked for is a failure, to be tried again', async () => {
  const activities = {
    giveUp: () => {
      throw new CancelledFailure('had enough');
    },
  };
  const outcome = await execution(activities, task('giveUp')).run();
  expect(outcome.status).toBe('failed');
  expect(failureOf(outcome)).toMatchObject({
    message: 'had enough',
    applicationFailureInfo: { type: 'CancelledFailure', nonRetryable: false },
  });
});

test.each([
  ['PAUSED', { paused: true }, 'ActivityPause'],
  ['RESET', { reset: true }, 'ActivityReset'],
  ['WORKER_SHUTDOWN', { workerShutdown: true }, 'WorkerShutdown'],
  ['HEARTBEAT_DETAILS_CONVERSION_FAILED', {}, 'CancelledFailure'],
] as const)('an activity that is stopped by %s fails, to be tried again', async (reason, details, type) => {
  const run = execution({ wait: () => cancelled() }, task('wait'));
  const outcome = run.run();
  run.cancel(reason, details);
  expect(failureOf(await outcome)?.applicationFailureInfo).toMatchObject({ type, nonRetryable: false });
});

test('interceptors wrap the call, the first outermost, and see the context', async () => {
  const note =
    (name: string): ActivityInterceptorsFactory =>
    (context) => ({
      inbound: {
        execute: async (input, next) => `${name}(${String(await next(input))}) ${context === Context.current()}`,
      },
    });
  const run = execution({ f: () => 'f' }, task('f'), [note('outer'), note('inner')]);
  expect(valueOf(await run.run())).toBe('outer(inner(f) true) true');
});

test('what an activity measures carries its type and queue, and what interceptors make of them', async () => {
  const measured: unknown[] = [];
  const meter = meterTo(({ name, value, tags }) => measured.push([name, value, tags]));
  const inCart: ActivityInterceptorsFactory = () => ({
    outbound: { getMetricTags: (tags, next) => next({ ...tags, shop: 'a' }) },
  });
  const count = () => Context.current().metricMeter.createCounter('orders').add(2, { region: 'eu' });
  await execution({ count }, task('count'), [inCart], { metricMeter: meter }).run();
  const tags = { namespace: 'default', taskQueue: 'q', activityType: 'count', shop: 'a', region: 'eu' };
  expect(measured).toEqual([['orders', 2, tags]]);
});

test('lines about an attempt carry what interceptors add', async () => {
  const lines: string[] = [];
  const logger = new DefaultLogger('DEBUG', ({ message, meta }) =>
    lines.push(`${message} ${String(meta?.['tenant'])}`),
  );
  const interceptors: ActivityInterceptorsFactory[] = [
    () => ({ outbound: { getLogAttributes: (attributes, next) => next({ ...attributes, tenant: 'acme' }) } }),
  ];
  await execution({ ping: () => 'pong' }, task('ping'), interceptors, { logger }).run();
  expect(lines).toEqual(['Activity started acme', 'Activity completed acme']);
});

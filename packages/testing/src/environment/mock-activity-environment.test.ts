import {
  activityInfo,
  cancellationDetails,
  cancellationSignal,
  cancelled,
  CompleteAsyncError,
  Context,
  heartbeat,
  log,
  metricMeter,
  sleep,
} from '@reprise/activity';
import {
  ActivityCancellationDetails,
  ApplicationFailure,
  ApplicationFailureCategory,
  CancelledFailure,
  type LogMetadata,
  meterTo,
  noopMetricMeter,
} from '@reprise/common';
import { ActivityInboundLogInterceptor, DefaultLogger } from '@reprise/worker';
import { expect, test } from 'vitest';

import { MockActivityEnvironment } from './mock-activity-environment.ts';

test('an activity gets its arguments and its info', async () => {
  const env = new MockActivityEnvironment({ attempt: 3 });
  const activity = (a: number, b: number): Promise<string> =>
    Promise.resolve(`${a + b} ${activityInfo().attempt} ${activityInfo().activityId}`);
  expect(await env.run(activity, 1, 2)).toBe('3 3 test');
});

test('heartbeats are emitted as they come', async () => {
  const env = new MockActivityEnvironment();
  const seen: unknown[] = [];
  env.on('heartbeat', (details) => seen.push(details));
  await env.run(() => {
    heartbeat(1);
    heartbeat({ line: 2 });
  });
  expect(seen).toEqual([1, { line: 2 }]);
});

test('cancellation reaches whoever waits, and the signal', async () => {
  const env = new MockActivityEnvironment();
  const running = env.run(async () => {
    await Promise.race([sleep('1 hour'), cancelled()]);
  });
  env.cancel();
  await expect(running).rejects.toThrow(CancelledFailure);
  expect(await env.run(() => cancellationSignal().aborted)).toBe(true);
});

test('errors come out as they are', async () => {
  const env = new MockActivityEnvironment();
  await expect(env.run(() => Promise.reject(new RangeError('too far')))).rejects.toThrow(new RangeError('too far'));
});

test('interceptors, logger and meter are those of a worker', async () => {
  const lines: (LogMetadata | undefined)[] = [];
  const env = new MockActivityEnvironment(
    { activityType: 'greet' },
    {
      interceptors: [
        () => ({
          inbound: { execute: async (input, next) => `<${String(await next({ ...input, args: ['Ada'] }))}>` },
          outbound: { getLogAttributes: (attributes, next) => next({ ...attributes, tenant: 'acme' }) },
        }),
      ],
      logger: new DefaultLogger('INFO', ({ meta }) => lines.push(meta)),
      metricMeter: noopMetricMeter,
    },
  );
  const greeted = await env.run(async (name: string) => {
    log.info('greeting');
    metricMeter.createCounter('greetings').add(1);
    return `Hello, ${name}`;
  }, 'World');
  expect(greeted).toBe('<Hello, Ada>');
  expect(lines).toMatchObject([{ activityType: 'greet', tenant: 'acme', sdkComponent: 'activity' }]);
});

/** What the environment logs about an activity, without how long it took. */
async function linesAbout(activity: () => unknown): Promise<unknown[]> {
  const lines: unknown[] = [];
  const outbound = { getLogAttributes: (attributes: Record<string, unknown>) => ({ ...attributes, tenant: 'acme' }) };
  const logger = new DefaultLogger('DEBUG', ({ level, message, meta }) =>
    lines.push([level, message, meta?.['tenant'], meta?.['sdkComponent'], typeof meta?.['durationMs']]),
  );
  const env = new MockActivityEnvironment({}, { logger, interceptors: [() => ({ outbound })] });
  env.on('heartbeat', () => env.cancel());
  await env.run(activity).catch(() => undefined);
  expect(lines[0]).toEqual(['DEBUG', 'Activity started', 'acme', 'worker', 'undefined']);
  return lines.slice(1);
}

test('the environment logs how activities end, as a worker does', async () => {
  const fails = (error: Error) => () => Promise.reject(error);
  const waits = () => {
    heartbeat();
    return Context.current().cancelled;
  };
  const end = (level: string, message: string) => [[level, message, 'acme', 'worker', 'number']];
  expect(await linesAbout(() => 1)).toEqual(end('DEBUG', 'Activity completed'));
  expect(await linesAbout(fails(new Error('no')))).toEqual(end('WARN', 'Activity failed'));
  const benign = ApplicationFailure.create({ message: 'no', category: ApplicationFailureCategory.BENIGN });
  expect(await linesAbout(fails(benign))).toEqual(end('DEBUG', 'Activity failed'));
  expect(await linesAbout(fails(new CompleteAsyncError()))).toEqual(
    end('DEBUG', 'Activity will complete asynchronously'),
  );
  expect(await linesAbout(waits)).toEqual(end('DEBUG', 'Activity completed as cancelled'));
});

test('what an activity measures carries its names, and what interceptors add', async () => {
  const seen: unknown[] = [];
  const env = new MockActivityEnvironment(
    { activityType: 'greet' },
    {
      metricMeter: meterTo(({ tags }) => seen.push(tags)),
      interceptors: [() => ({ outbound: { getMetricTags: (tags, next) => next({ ...tags, tenant: 'acme' }) } })],
    },
  );
  await env.run(() => metricMeter.createCounter('greetings').add(1, { language: 'en' }));
  const names = { namespace: 'test', taskQueue: 'test', activityType: 'greet' };
  expect(seen).toEqual([{ ...names, tenant: 'acme', language: 'en' }]);
});

test('an older interceptor for logs gives an activity its logger or its attributes', async () => {
  const lines: unknown[] = [];
  const logger = new DefaultLogger('INFO', ({ message }) => lines.push(message));
  const env = new MockActivityEnvironment(
    {},
    { interceptors: [(context) => ({ inbound: new ActivityInboundLogInterceptor(context, logger) })] },
  );
  await env.run(() => log.info('hello'));
  expect(lines).toEqual(['hello']);
});

test('an activity learns why it is cancelled, from the first call', async () => {
  const env = new MockActivityEnvironment();
  env.cancel('TIMED_OUT', new ActivityCancellationDetails({ timedOut: true }));
  env.cancel('CANCELLED');
  const details = await env.run(() => cancellationDetails());
  expect(details).toMatchObject({ timedOut: true, cancelRequested: false });
  await expect(env.run(() => cancelled())).rejects.toThrow('TIMED_OUT');
});

test('methods can be taken off the environment', async () => {
  const { run, cancel } = new MockActivityEnvironment();
  cancel();
  expect(await run(() => cancellationSignal().aborted)).toBe(true);
});

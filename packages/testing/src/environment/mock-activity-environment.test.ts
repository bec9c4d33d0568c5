import {
  activityInfo,
  cancellationDetails,
  cancellationSignal,
  cancelled,
  heartbeat,
  log,
  metricMeter,
  sleep,
} from '@reprise/activity';
import { ActivityCancellationDetails, CancelledFailure, type LogMetadata, noopMetricMeter } from '@reprise/common';
import { DefaultLogger } from '@reprise/worker';
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

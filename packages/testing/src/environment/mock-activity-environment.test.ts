import { activityInfo, cancellationSignal, cancelled, heartbeat, sleep } from '@reprise/activity';
import { CancelledFailure } from '@reprise/common';
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

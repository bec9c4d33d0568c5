import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeUtf8 } from '@reprise/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DefaultLogger } from '../log/default-logger.ts';
import type { ActivityTask } from './activity-task.ts';
import { ActivityThreads } from './activity-threads.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'activity-threads-'));
let threads: ActivityThreads;

beforeAll(async () => {
  const modulePath = path.join(folder, 'activities.mjs');
  writeFileSync(
    modulePath,
    `import { isMainThread } from 'node:worker_threads';
     export const double = (n) => [n * 2, isMainThread];
     export const exits = () => process.exit(3);`,
  );
  threads = new ActivityThreads({
    modulePath,
    size: 1,
    payloadConverterPath: undefined,
    failureConverterPath: undefined,
    codecs: [],
    logger: new DefaultLogger('ERROR', () => undefined),
  });
  await threads.names;
});
afterAll(async () => {
  await threads.close();
  rmSync(folder, { recursive: true });
});

function task(activityType: string): ActivityTask {
  const input = [{ metadata: { encoding: encodeUtf8('json/plain') }, data: encodeUtf8('4') }];
  const info = { activityType, attempt: 1 } as unknown as ActivityTask['info'];
  return { taskToken: new Uint8Array(), info, input, headers: {}, heartbeatDetails: [] };
}

const run = (activityType: string) => threads.execution(task(activityType), () => undefined, true).run();

test('an activity runs in a thread, with its arguments and result', async () => {
  expect(await threads.names).toEqual(['double', 'exits']);
  const outcome = await run('double');
  expect(outcome.status === 'completed' && Buffer.from(outcome.result.data ?? []).toString()).toBe('[8,false]');
});

test('a thread that ends fails what it ran, and is replaced', async () => {
  expect(await run('exits')).toMatchObject({
    status: 'failed',
    failure: { message: expect.stringContaining('exit code 3') as string },
  });
  expect(await run('double')).toMatchObject({ status: 'completed' });
});

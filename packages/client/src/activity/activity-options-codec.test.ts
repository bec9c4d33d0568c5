import { expect, test } from 'vitest';
import { decodeOptions, encodeOptionsUpdate } from './activity-options-codec.ts';

test('an update names what it changes, and what it takes back has no value', () => {
  const { activityOptions, updateMask } = encodeOptionsUpdate({
    taskQueue: 'other',
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: null,
    retry: { maximumAttempts: 3 },
    priority: null,
  });
  expect(updateMask.paths.toSorted()).toEqual([
    'heartbeat_timeout',
    'priority',
    'retry_policy',
    'start_to_close_timeout',
    'task_queue',
  ]);
  expect(activityOptions).toMatchObject({
    taskQueue: { name: 'other' },
    startToCloseTimeout: { seconds: 60 },
    heartbeatTimeout: null,
    priority: null,
    retryPolicy: { maximumAttempts: 3 },
  });
});

test('options come back as they are then', () => {
  const options = {
    taskQueue: { name: 'q' },
    scheduleToCloseTimeout: { seconds: 90 },
    retryPolicy: { maximumAttempts: 2 },
    priority: { priorityKey: 4 },
  };
  expect(decodeOptions(options)).toMatchObject({
    taskQueue: 'q',
    scheduleToCloseTimeout: 90_000,
    retry: { maximumAttempts: 2 },
    priority: { priorityKey: 4 },
  });
  expect(decodeOptions(undefined)).toEqual({});
});

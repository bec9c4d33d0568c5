import { expect, test } from 'vitest';
import { compileWorkerOptions } from './compile-worker-options.ts';

const wrong: readonly [object, string][] = [
  [{ taskQueue: '' }, 'taskQueue must be a non-empty string'],
  [{ nonsense: 1 }, 'Worker option nonsense is not known'],
  [{ enableSDKTracing: true }, 'Worker option enableSDKTracing is not supported'],
  [{ maxCachedWorkflows: 1 }, 'maxCachedWorkflows must be either 0'],
  [{ maxConcurrentActivityTaskExecutions: 0 }, 'maxConcurrentActivityTaskExecutions must be a positive integer, got 0'],
  [{ maxActivitiesPerSecond: -1 }, 'maxActivitiesPerSecond must be a positive number'],
  [{ workflowsPath: 'a', workflowBundle: { code: '' } }, 'cannot set both workflowsPath and workflowBundle'],
  [{ bundlerOptions: { minify: true } }, 'bundlerOptions.minify is not known'],
  [
    { tuner: { tunerOptions: { targetMemoryUsage: 1, targetCpuUsage: 1 } }, maxConcurrentWorkflowTaskExecutions: 3 },
    'Cannot set both tuner and maxConcurrentWorkflowTaskExecutions',
  ],
  [
    { workerDeploymentOptions: { version: { buildId: '1', deploymentName: 'd' }, useWorkerVersioning: true } },
    'defaultVersioningBehavior is required',
  ],
];

test.each(wrong)('%j is refused', (options, message) => {
  expect(() => compileWorkerOptions({ taskQueue: 'q', ...options })).toThrow(message);
});

test('options have defaults', () => {
  expect(compileWorkerOptions({ taskQueue: 'q' })).toMatchObject({
    namespace: 'default',
    workflowPollers: { type: 'simple-maximum', maximum: 10 },
    activityPollers: { type: 'simple-maximum', maximum: 10 },
    stickyQueueScheduleToStartTimeoutMs: 10_000,
    maxEagerActivities: 3,
    shutdownGraceTimeMs: 0,
  });
});

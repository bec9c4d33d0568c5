import { expect, test } from 'vitest';
import { compileWorkerOptions } from './compile-worker-options.ts';

/** A tuner whose suppliers draw on resources, each by targets of its own; the others have fixed slots. */
function tunerOf(...targets: object[]) {
  const fixed = { type: 'fixed-size', numSlots: 1 };
  const [first, second] = targets.map((target) => ({
    type: 'resource-based',
    tunerOptions: { targetMemoryUsage: 0.8, targetCpuUsage: 0.8, ...target },
  }));
  return {
    workflowTaskSlotSupplier: first,
    activityTaskSlotSupplier: second,
    localActivityTaskSlotSupplier: fixed,
    nexusTaskSlotSupplier: fixed,
  };
}

const wrong: readonly [object, string][] = [
  [{ taskQueue: '' }, 'Task queue name is required'],
  [{ taskQueue: '__temporal_q' }, "Cannot use task queue name: '__temporal_q', with reserved prefix: '__temporal_'"],
  [{ activities: { __stack_trace: () => 1 } }, "Cannot use activity name: '__stack_trace', which is a reserved name"],
  [{ sinks: { __temporal_logger: {} } }, "Cannot use sink name: '__temporal_logger', with reserved prefix"],
  [
    { workerDeploymentOptions: { version: { buildId: '', deploymentName: 'd' }, useWorkerVersioning: true } },
    'version must have a deploymentName and a buildId when useWorkerVersioning is true',
  ],
  [{ nonsense: 1 }, 'Worker option nonsense is not known'],
  [{ maxCachedWorkflow: 5 }, 'maxCachedWorkflow is not known: did you mean maxCachedWorkflows?'],
  [{ dataConverter: { payloadCodecs: {} } }, 'dataConverter.payloadCodecs must be an array, got an object'],
  [{ dataConverter: { payloadCodecs: [{}] } }, 'dataConverter.payloadCodecs[0].encode must be a function'],
  [{ enableSDKTracing: true }, 'Worker option enableSDKTracing is not supported'],
  [{ maxCachedWorkflows: 1 }, 'maxCachedWorkflows must be either 0'],
  [{ maxConcurrentActivityTaskExecutions: 0 }, 'maxConcurrentActivityTaskExecutions must be a positive integer, got 0'],
  [{ maxActivitiesPerSecond: -1 }, 'maxActivitiesPerSecond must be a positive number'],
  [{ bundlerOptions: { minify: true } }, 'bundlerOptions.minify is not known'],
  [{ tuner: {} }, 'Invalid worker tuner configuration'],
  [
    { tuner: { tunerOptions: { targetMemoryUsage: 1, targetCpuUsage: 1 }, controller: {} } },
    'Resource-based tuner must specify exactly one of controller or tunerOptions',
  ],
  [{ tuner: { controller: {} } }, 'Resource-based tuner controller must be a ResourceBasedController'],
  [
    { tuner: { tunerOptions: { targetMemoryUsage: 1, targetCpuUsage: 1 }, activityTaskSlotOption: {} } },
    'WorkerOptions.tuner.activityTaskSlotOption is not known: did you mean activityTaskSlotOptions?',
  ],
  [
    {
      tuner: {
        tunerOptions: { targetMemoryUsage: 1, targetCpuUsage: 1 },
        workflowTaskSlotOptions: { minimumSlot: 1 },
      },
    },
    'WorkerOptions.tuner.workflowTaskSlotOptions.minimumSlot is not known: did you mean minimumSlots?',
  ],
  [
    { tuner: { tunerOptions: { targetMemoryUsage: 1, targetCpuUsage: 1 } }, maxConcurrentWorkflowTaskExecutions: 3 },
    'Cannot set both tuner and maxConcurrentWorkflowTaskExecutions',
  ],
  [{ shutdownGraceTime: 'soon' }, "shutdownGraceTime must be a number of milliseconds or text such as '30 seconds'"],
  [{ activities: 'all' }, "WorkerOptions.activities must be an object, got 'all'"],
  [{ workflowsPath: new URL('file:///x') }, 'WorkerOptions.workflowsPath must be a string, got a URL'],
  [{ connection: {} }, 'WorkerOptions.connection must be what NativeConnection.connect(...) gives, got an object'],
  [{ interceptors: { activity: () => ({}) } }, 'WorkerOptions.interceptors.activity must be an array'],
  [{ sinks: { audit: { write: () => 1 } } }, 'WorkerOptions.sinks.audit.write must be an object, got a function'],
  [{ nonStickyToStickyPollRatio: 2 }, 'nonStickyToStickyPollRatio must be between 0 and 1, got 2'],
  [{ activityTaskPollerBehavior: { type: 'x' } }, "type must be 'simple-maximum' or 'autoscaling', got 'x'"],
  [
    { activityTaskPollerBehavior: { type: 'autoscaling', minimum: 5, maximum: 1 } },
    'minimum must not be above maximum, got 5 and 1',
  ],
  [{ tuner: { tunerOptions: { targetMemoryUsage: 5 } } }, 'targetMemoryUsage must be above 0 and at most 1, got 5'],
  [{ tuner: { workflowTaskSlotSupplier: { type: 'fixed-size', numSlots: 0 } } }, 'numSlots must be a positive integer'],
  [{ tuner: { workflowTaskSlotSupplier: { type: 'custom' } } }, 'reserveSlot must be a function, got undefined'],
  [
    { tuner: tunerOf({ targetMemoryUsage: 0.5 }, { targetMemoryUsage: 0.9 }) },
    'multiple different resource-based tuner',
  ],
  ...[-1, 1.5, Number.NaN].map((limit): [object, string] => [
    { maxEagerActivityReservationsPerWorkflowTask: limit },
    'maxEagerActivityReservationsPerWorkflowTask must be a non-negative integer',
  ]),
  [{ workerDeploymentOptions: {} }, 'workerDeploymentOptions.version must be an object, got undefined'],
  [{ workflowFailureErrorTypes: ['Error'] }, 'must name error types by workflow type'],
  [
    { workerDeploymentOptions: { version: { buildId: '1', deploymentName: 'd' }, useWorkerVersioning: true } },
    'defaultVersioningBehavior is required',
  ],
];

test.each(wrong)('%j is refused', (options, message) => {
  expect(() => compileWorkerOptions({ taskQueue: 'q', ...options })).toThrow(message);
});

test('suppliers may draw on resources by the same targets', () => {
  expect(() => compileWorkerOptions({ taskQueue: 'q', tuner: tunerOf({}, {}) as never })).not.toThrow();
});

test('activities are compiled to a map of the functions', () => {
  const activities = { greet: () => 'hello', version: 7 };
  expect([...compileWorkerOptions({ taskQueue: 'q', activities }).activities.keys()]).toEqual(['greet']);
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

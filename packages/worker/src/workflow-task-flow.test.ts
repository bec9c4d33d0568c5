import { Connection } from '@reprise/client';
import { defaultDataConverter, noopMetricMeter } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { Intent } from '@reprise/workflow/runtime';
import { expect, test } from 'vitest';
import { ActivityRegistry } from './activity/activity-registry.ts';
import { executionsHere } from './activity/execution.ts';
import { EagerActivities } from './activity/eager-activities.ts';
import { LocalActivityRunner } from './activity/local-activity-runner.ts';
import { CannedServer } from './canned-server.suite.ts';
import { decodeWorkflowTask } from './decode/workflow-task.ts';
import { DefaultLogger } from './default-logger.ts';
import { InProcessHost } from './host/in-process-host.ts';
import { ScriptedIsolate, timerThenDone, type Script } from './host/scripted-isolate.suite.ts';
import { history, started, workflowTask, type EventSpec } from './machine/history-builder.suite.ts';
import type { HistoryEvent } from './machine/event-type.ts';
import { WorkerMetrics } from './metrics/worker-metrics.ts';
import { FixedSlots } from './poll/fixed-slots.ts';
import { SinkRunner } from './sinks.ts';
import { WorkflowTaskFlow } from './workflow-task-flow.ts';
import { WorkflowRpc } from './worker-rpc.ts';

type Completed = temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
type Failed = temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;

const openTask: readonly EventSpec[] = [['WorkflowTaskScheduled'], ['WorkflowTaskStarted']];

function flowFor(script: Script, server: CannedServer, activities: object = {}): WorkflowTaskFlow {
  const who = {
    namespace: 'default',
    taskQueue: 'q',
    identity: 'me',
    buildId: 'b',
    useBuildIdVersioning: false,
    deploymentOptions: undefined,
    workerInstanceKey: 'k',
  };
  const logger = new DefaultLogger('ERROR', () => undefined);
  const metrics = new WorkerMetrics(noopMetricMeter, {});
  const host = new InProcessHost({
    createIsolate: () => new ScriptedIsolate(script),
    runSettings: {},
    maxCachedRuns: 10,
    sdkName: 'reprise',
    sdkVersion: '0.0.0',
  });
  return new WorkflowTaskFlow({
    rpc: new WorkflowRpc(Connection.fromTransport(server), who, { codecs: [], metrics }),
    host,
    metrics,
    namespace: 'default',
    logger,
    sticky: { name: 'sticky', normalName: 'q', scheduleToStartTimeoutMs: 10_000 },
    versioningBehavior: undefined,
    failsOnMismatch: false,
    payloadLimits: undefined,
    localActivities: new LocalActivityRunner({
      makeExecution: executionsHere({
        registry: new ActivityRegistry(activities),
        dataConverter: defaultDataConverter,
        interceptors: [],
        logger,
        metricMeter: noopMetricMeter,
        client: undefined,
      }),
      namespace: 'default',
      slots: new FixedSlots(10),
    }),
    eagerActivities: new EagerActivities({ namespace: 'default', taskQueue: 'q', slots: new FixedSlots(1), maxPerTask: 3, onTask: () => undefined }),
    sinks: new SinkRunner({}, logger, 'default'),
  });
}

function task(events: readonly HistoryEvent[], more: Partial<temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse> = {}) {
  const startedTasks = events.filter((event) => event.workflowTaskStartedEventAttributes);
  const decoded = decodeWorkflowTask({
    taskToken: new Uint8Array([1]),
    workflowExecution: { workflowId: 'wf', runId: 'run-1' },
    workflowType: { name: 'work' },
    workflowExecutionTaskQueue: { name: 'q' },
    startedEventId: startedTasks.at(-1)?.eventId ?? 0,
    previousStartedEventId: startedTasks.at(-2)?.eventId ?? 0,
    history: { events: [...events] },
    ...more,
  });
  if (decoded === undefined) throw new Error('expected a task');
  return decoded;
}

const commandTypes = ({ commands }: Completed): unknown[] => (commands ?? []).map(({ commandType }) => commandType);

test('a task is answered with commands, and the queue on which its next one is wanted', async () => {
  const server = new CannedServer({ RespondWorkflowTaskCompleted: () => ({}) });
  await flowFor(timerThenDone, server).process(task(history(started, openTask)));
  const [request] = server.requests<Completed>('RespondWorkflowTaskCompleted');
  expect(request && commandTypes(request)).toEqual([3]);
  expect(request).toMatchObject({
    stickyAttributes: { workerTaskQueue: { name: 'sticky', normalName: 'q' }, scheduleToStartTimeout: { seconds: 10 } },
    sdkMetadata: { coreUsedFlags: [1, 2, 3], sdkName: 'reprise' },
    returnNewWorkflowTask: true,
  });
});

test('a run that is not cached any more is rebuilt from its whole history', async () => {
  const whole = history(
    started,
    workflowTask,
    ['TimerStarted', { timerId: '1' }],
    ['TimerFired', { timerId: '1', startedEventId: 5 }],
    openTask,
  );
  const server = new CannedServer({
    RespondWorkflowTaskCompleted: () => ({}),
    GetWorkflowExecutionHistory: () => ({ history: { events: whole.slice(0, 5) } }),
  });
  await flowFor(timerThenDone, server).process(task(whole.slice(3), { previousStartedEventId: 3 }));
  const [request] = server.requests<Completed>('RespondWorkflowTaskCompleted');
  expect(request && commandTypes(request)).toEqual([4]);
  expect(request?.stickyAttributes).toBeUndefined();
});

test('the task that comes with an answer is worked on at once', async () => {
  const whole = history(
    started,
    workflowTask,
    ['TimerStarted', { timerId: '1' }],
    ['TimerFired', { timerId: '1', startedEventId: 5 }],
    openTask,
  );
  const next = {
    taskToken: new Uint8Array([2]),
    workflowExecution: { workflowId: 'wf', runId: 'run-1' },
    previousStartedEventId: 3,
    startedEventId: 8,
    history: { events: whole.slice(3) },
  };
  const answers = [{ workflowTask: next }, {}];
  const server = new CannedServer({ RespondWorkflowTaskCompleted: () => answers.shift() });
  await flowFor(timerThenDone, server).process(task(whole.slice(0, 3)));
  expect(server.requests<Completed>('RespondWorkflowTaskCompleted').map(commandTypes)).toEqual([[3], [4]]);
});

test('code that does not fit the history fails the task, the first time only', async () => {
  const server = new CannedServer({ RespondWorkflowTaskFailed: () => ({}) });
  const flow = flowFor(() => [], server);
  const events = history(started, workflowTask, ['TimerStarted', { timerId: '1' }], ['WorkflowExecutionSignaled'], openTask);
  await flow.process(task(events));
  await flow.process(task(events, { attempt: 2 }));
  const requests = server.requests<Failed>('RespondWorkflowTaskFailed');
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({ cause: 24, failure: { message: expect.stringContaining('[TMPRL1100]') as string } });
});

test('a query alone is answered by a call of its own', async () => {
  const server = new CannedServer({ RespondQueryTaskCompleted: () => ({}) });
  const script: Script = ({ jobs }) =>
    jobs.flatMap((job): Intent[] => (job.kind === 'query' ? [{ kind: 'answerQuery', id: job.id, result: { d: '7' } }] : []));
  await flowFor(script, server).process(
    task(history(started, workflowTask), { startedEventId: 0, previousStartedEventId: 3, query: { queryType: 'count' } }),
  );
  expect(server.requests('RespondQueryTaskCompleted')).toMatchObject([{ completedType: 1, queryResult: { payloads: [{}] } }]);
});

test('a local activity runs within the task, and its outcome is recorded', async () => {
  const server = new CannedServer({ RespondWorkflowTaskCompleted: () => ({}) });
  const script: Script = ({ jobs }) =>
    jobs.flatMap((job): Intent[] => {
      if (job.kind === 'initialize') {
        const args = [{ m: { encoding: 'json/plain' }, d: '2' }];
        const what = { activityId: '1', activityType: 'double', args, headers: {}, cancellation: 'TRY_CANCEL' } as const;
        return [{ kind: 'scheduleLocalActivity', seq: 1, attempt: 1, startToCloseTimeoutMs: 1000, ...what }];
      }
      return job.kind === 'resolveActivity' && job.resolution.status === 'completed'
        ? [{ kind: 'completeWorkflow', ...(job.resolution.result ? { result: job.resolution.result } : {}) }]
        : [];
    });
  const activities = { double: (n: number) => Promise.resolve(n * 2) };
  await flowFor(script, server, activities).process(task(history(started, openTask)));
  const [request] = server.requests<Completed>('RespondWorkflowTaskCompleted');
  expect(request && commandTypes(request)).toEqual([9, 4]);
  const marker = request?.commands?.[0]?.recordMarkerCommandAttributes;
  expect(marker?.markerName).toBe('core_local_activity');
  const data = Buffer.from(marker?.details?.['data']?.payloads?.[0]?.data ?? []).toString();
  expect(JSON.parse(data)).toMatchObject({ seq: 1, attempt: 1, activity_id: '1', activity_type: 'double', backoff: null });
  expect(Buffer.from(marker?.details?.['result']?.payloads?.[0]?.data ?? []).toString()).toBe('4');
});

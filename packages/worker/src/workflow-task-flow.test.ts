import { Context } from '@reprise/activity';
import { encodeMessage } from '@reprise/proto';
import type { Intent } from '@reprise/workflow/runtime';
import { expect, test, vi } from 'vitest';
import { CannedServer } from './canned-server.suite.ts';
import { timerThenDone, type Script } from './host/scripted-isolate.suite.ts';
import { history, started, workflowTask } from './machine/history-builder.suite.ts';
import { commandTypes, flowFor, openTask, task, type Completed, type Failed } from './workflow-task-flow.suite.ts';

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
  const events = history(
    started,
    workflowTask,
    ['TimerStarted', { timerId: '1' }],
    ['WorkflowExecutionSignaled'],
    openTask,
  );
  await flow.process(task(events));
  await flow.process(task(events, { attempt: 2 }));
  const requests = server.requests<Failed>('RespondWorkflowTaskFailed');
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    cause: 24,
    failure: { message: expect.stringContaining('[TMPRL1100]') as string },
  });
});

test('a query alone is answered by a call of its own', async () => {
  const server = new CannedServer({ RespondQueryTaskCompleted: () => ({}) });
  const script: Script = ({ jobs }) =>
    jobs.flatMap((job): Intent[] =>
      job.kind === 'query' ? [{ kind: 'answerQuery', id: job.id, result: { d: '7' } }] : [],
    );
  await flowFor(script, server).process(
    task(history(started, workflowTask), {
      startedEventId: 0,
      previousStartedEventId: 3,
      query: { queryType: 'count' },
    }),
  );
  expect(server.requests('RespondQueryTaskCompleted')).toMatchObject([
    { completedType: 1, queryResult: { payloads: [{}] } },
  ]);
});

test('a local activity runs within the task, and its outcome is recorded', async () => {
  const server = new CannedServer({ RespondWorkflowTaskCompleted: () => ({}) });
  const script: Script = ({ jobs }) =>
    jobs.flatMap((job): Intent[] => {
      if (job.kind === 'initialize') {
        const args = [{ m: { encoding: 'json/plain' }, d: '2' }];
        const what = {
          activityId: '1',
          activityType: 'double',
          args,
          headers: {},
          cancellation: 'TRY_CANCEL',
        } as const;
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
  expect(JSON.parse(data)).toMatchObject({
    seq: 1,
    attempt: 1,
    activity_id: '1',
    activity_type: 'double',
    backoff: null,
  });
  expect(Buffer.from(marker?.details?.['result']?.payloads?.[0]?.data ?? []).toString()).toBe('4');
});

/** A local activity first; the run ends when it is resolved. */
const localThenDone: Script = ({ jobs }) =>
  jobs.flatMap((job): Intent[] => {
    if (job.kind === 'initialize') {
      const cancellation = 'TRY_CANCEL' as const;
      const what = { activityId: '1', activityType: 'slow', args: [], headers: {}, cancellation };
      return [{ kind: 'scheduleLocalActivity', seq: 1, attempt: 1, startToCloseTimeoutMs: 60_000, ...what }];
    }
    return job.kind === 'resolveActivity' ? [{ kind: 'completeWorkflow' }] : [];
  });

test('a local activity that outlives its task goes on in the next one', async () => {
  const slow = Promise.withResolvers<string>();
  const scheduled = { startToCloseTimeout: { nanos: 20e6 } };
  const whole = history(
    started,
    ['WorkflowTaskScheduled', scheduled],
    ['WorkflowTaskStarted'],
    ['WorkflowTaskCompleted'],
    ['WorkflowTaskScheduled', { startToCloseTimeout: { seconds: 10 } }],
    ['WorkflowTaskStarted'],
  );
  const next = {
    taskToken: new Uint8Array([2]),
    workflowExecution: { workflowId: 'wf', runId: 'run-1' },
    previousStartedEventId: 3,
    startedEventId: 6,
    history: { events: whole.slice(3) },
  };
  const server = new CannedServer({
    RespondWorkflowTaskCompleted: ({ forceCreateNewWorkflowTask }: Completed) => {
      if (forceCreateNewWorkflowTask !== true) return {};
      slow.resolve('done');
      return { workflowTask: next };
    },
  });
  await flowFor(localThenDone, server, { slow: () => slow.promise }).process(task(whole.slice(0, 3)));
  const requests = server.requests<Completed>('RespondWorkflowTaskCompleted');
  expect(requests.map(({ forceCreateNewWorkflowTask }) => forceCreateNewWorkflowTask)).toEqual([true, false]);
  expect(requests.map(commandTypes)).toEqual([[], [9, 4]]);
});

const scheduleSlow = (more: { cancellation: 'TRY_CANCEL' | 'WAIT_CANCELLATION_COMPLETED' | 'ABANDON' }): Intent => ({
  kind: 'scheduleLocalActivity',
  seq: 1,
  attempt: 1,
  startToCloseTimeoutMs: 60_000,
  activityId: '1',
  activityType: 'slow',
  args: [],
  headers: {},
  ...more,
});

test('a run that ends does not wait for its local activities, which are not begun', async () => {
  const server = new CannedServer({ RespondWorkflowTaskCompleted: () => ({}) });
  const script: Script = () => [scheduleSlow({ cancellation: 'TRY_CANCEL' }), { kind: 'completeWorkflow' }];
  const slow = vi.fn<() => Promise<never>>(() => new Promise(() => undefined));
  await flowFor(script, server, { slow }).process(task(history(started, openTask)));
  const [request] = server.requests<Completed>('RespondWorkflowTaskCompleted');
  expect(request && commandTypes(request)).toEqual([4]);
  expect(slow).not.toHaveBeenCalled();
});

test.each(['TRY_CANCEL', 'WAIT_CANCELLATION_COMPLETED', 'ABANDON'] as const)(
  'a local activity that is cancelled in the activation that asks for it is not run: %s',
  async (cancellation) => {
    const server = new CannedServer({ RespondWorkflowTaskCompleted: () => ({}) });
    let told: unknown;
    const script: Script = ({ jobs }) =>
      jobs.flatMap((job): Intent[] => {
        if (job.kind === 'initialize') return [scheduleSlow({ cancellation }), { kind: 'cancelLocalActivity', seq: 1 }];
        if (job.kind !== 'resolveActivity') return [];
        told = job.resolution;
        return [{ kind: 'completeWorkflow' }];
      });
    const slow = vi.fn<() => Promise<string>>(() => Promise.resolve('ran'));
    await flowFor(script, server, { slow }).process(task(history(started, openTask)));
    expect(slow).not.toHaveBeenCalled();
    expect(told).toMatchObject({
      status: 'cancelled',
      failure: {
        message: 'Local Activity cancelled',
        activityFailureInfo: { activityType: { name: 'slow' }, activityId: '1' },
        cause: { message: 'Activity cancelled', canceledFailureInfo: {} },
      },
    });
    const [request] = server.requests<Completed>('RespondWorkflowTaskCompleted');
    expect(request && commandTypes(request)).toEqual([9, 4]);
  },
);

test('a local activity that the code lets go of while it runs is told', async () => {
  const server = new CannedServer({ RespondWorkflowTaskCompleted: () => ({}) });
  const toldWhy = Promise.withResolvers<unknown>();
  const script: Script = ({ jobs }) =>
    jobs.flatMap((job): Intent[] => {
      if (job.kind === 'initialize') {
        const quick = {
          ...scheduleSlow({ cancellation: 'TRY_CANCEL' }),
          seq: 2,
          activityId: '2',
          activityType: 'quick',
        };
        return [scheduleSlow({ cancellation: 'TRY_CANCEL' }), quick];
      }
      if (job.kind !== 'resolveActivity' || job.seq !== 2) return [];
      return [
        { kind: 'cancelLocalActivity', seq: 1 },
        { kind: 'startTimer', seq: 1, delayMs: 1000 },
      ];
    });
  const activities = {
    quick: () => Promise.resolve(),
    slow: () => Context.current().cancelled.catch((error: unknown) => toldWhy.resolve(error)),
  };
  await flowFor(script, server, activities).process(task(history(started, openTask)));
  expect(await toldWhy.promise).toMatchObject({ name: 'CancelledFailure' });
  const [request] = server.requests<Completed>('RespondWorkflowTaskCompleted');
  expect(request && commandTypes(request)).toEqual([9, 9, 3]);
});

test('code that has ended its run is told nothing more', async () => {
  const server = new CannedServer({ RespondWorkflowTaskCompleted: () => ({}) });
  const script: Script = ({ jobs }) => {
    if (jobs.some(({ kind }) => kind === 'resolveActivity')) return [{ kind: 'startTimer', seq: 1, delayMs: 1 }];
    const what = { seq: 1, activityId: '1', activityType: 'pay', args: [], headers: {}, taskQueue: 'q' } as const;
    return [
      {
        kind: 'scheduleActivity',
        ...what,
        cancellation: 'TRY_CANCEL',
        startToCloseTimeoutMs: 1000,
      } as unknown as Intent,
      { kind: 'cancelActivity', seq: 1 },
      { kind: 'completeWorkflow' },
    ];
  };
  await flowFor(script, server).process(task(history(started, openTask)));
  const [request] = server.requests<Completed>('RespondWorkflowTaskCompleted');
  expect(request && commandTypes(request)).toEqual([4]);
});

test('a local activity that fails is tried again within the task', async () => {
  let attempts = 0;
  const slow = () => {
    attempts++;
    if (attempts < 3) throw new Error(`attempt ${attempts}`);
    return 'done';
  };
  const server = new CannedServer({ RespondWorkflowTaskCompleted: () => ({}) });
  const script: Script = (activation, run) => {
    const intents = localThenDone(activation, run);
    return Array.isArray(intents)
      ? (intents as Intent[]).map((intent) => ({ ...intent, retryPolicy: { initialIntervalMs: 1 } }) as Intent)
      : intents;
  };
  await flowFor(script, server, { slow }).process(task(history(started, openTask)));
  expect(attempts).toBe(3);
  const marker =
    server.requests<Completed>('RespondWorkflowTaskCompleted')[0]?.commands?.[0]?.recordMarkerCommandAttributes;
  expect(Buffer.from(marker?.details?.['data']?.payloads?.[0]?.data ?? []).toString()).toContain('"attempt":3');
});

test('an update is accepted and completed by messages, a rejected one by a message alone', async () => {
  const update = (id: string) => ({
    id: `${id}/request`,
    protocolInstanceId: id,
    eventId: 2,
    body: {
      typeUrl: 'type.googleapis.com/temporal.api.update.v1.Request',
      value: encodeMessage('temporal.api.update.v1.Request', { meta: { updateId: id }, input: { name: 'set' } }),
    },
  });
  const script: Script = ({ jobs }) =>
    jobs.flatMap((job): Intent[] => {
      if (job.kind !== 'update') return [];
      const { id } = job;
      if (id === 'bad') return [{ kind: 'rejectUpdate', id, failure: { message: 'no' } }];
      return [
        { kind: 'acceptUpdate', id },
        { kind: 'completeUpdate', id, result: { d: '1' } },
      ];
    });
  const server = new CannedServer({ RespondWorkflowTaskCompleted: () => ({}) });
  await flowFor(script, server).process(
    task(history(started, openTask), { messages: [update('good'), update('bad')] }),
  );
  const [request] = server.requests<Completed>('RespondWorkflowTaskCompleted');
  expect(request && commandTypes(request)).toEqual([14, 14]);
  const bodies = request?.messages?.map(({ id, body }) => [id, body?.typeUrl?.split('.').at(-1)]);
  expect(bodies).toEqual([
    ['good/accept', 'Acceptance'],
    ['good/complete', 'Response'],
    ['bad/reject', 'Rejection'],
  ]);
});

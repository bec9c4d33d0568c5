import type { Intent } from '@reprise/workflow/runtime';
import { expect, test } from 'vitest';
import type { HistoryEvent } from './event-type.ts';
import { history, started, workflowTask, type EventSpec } from './history-builder.suite.ts';
import {
  activity,
  complete,
  completedBy,
  first,
  local,
  marker,
  messageOf,
  replay,
  timer,
  type Code,
} from './replay-run.suite.ts';

const flagged = (metadata: object): EventSpec => ['WorkflowTaskCompleted', { sdkMetadata: metadata }];
const task = (completed: EventSpec = ['WorkflowTaskCompleted']): EventSpec[] => [
  ['WorkflowTaskScheduled'],
  ['WorkflowTaskStarted'],
  completed,
];
const openTask: EventSpec[] = [['WorkflowTaskScheduled'], ['WorkflowTaskStarted']];

test('what was asked for after the end of the run is cut off where history was written so', () => {
  const ended = (completed: EventSpec) => history(started, task(completed), ['WorkflowExecutionCompleted']);
  const code = first(complete, timer);
  expect(messageOf(() => replay(ended(flagged({})), code))).toBe('no mismatch');
  expect(messageOf(() => replay(ended(flagged({ coreUsedFlags: [3] })), code))).not.toBe('no mismatch');
});

test('a timer of another length and an activity with other arguments are the same', () => {
  const events = history(
    started,
    workflowTask,
    ['TimerStarted', { timerId: '1', startToFireTimeout: { seconds: 77 } }],
    ['ActivityTaskScheduled', { activityId: '1', activityType: { name: 'charge' }, input: { payloads: [{}, {}] } }],
    ['TimerFired', { timerId: '1', startedEventId: 5 }],
    openTask,
  );
  expect(messageOf(() => replay(events, first(timer, activity), { previous: 3 }))).toBe('no mismatch');
});

test('the flags that a task recorded are known while it is replayed, and not before', () => {
  const events = history(
    started,
    task(flagged({ langUsedFlags: [2], sdkName: 'temporal-typescript', sdkVersion: '1.13.2' })),
    ['TimerStarted', { timerId: '1' }],
    ['TimerFired', { timerId: '1', startedEventId: 5 }],
    task(flagged({ langUsedFlags: [1] })),
    ['TimerStarted', { timerId: '2' }],
    ['TimerFired', { timerId: '2', startedEventId: 10 }],
    openTask,
  );
  const code: Code = ({ jobs }) => {
    if (jobs[0]?.kind === 'initialize') return [timer];
    return jobs[0]?.kind === 'fireTimer' && jobs[0].seq === 1 ? [{ ...timer, seq: 2 }] : [];
  };
  const { activations } = replay(events, code, { previous: 8 });
  expect(activations.map(({ knownFlags, lastSdkVersion }) => [knownFlags, lastSdkVersion])).toEqual([
    [[2], '1.13.2'],
    [[2, 1], '1.13.2'],
    [[2, 1], '1.13.2'],
  ]);
  expect(activations.map(({ isReplaying }) => isReplaying)).toEqual([true, true, false]);
});

test('time is that of the start of each task', () => {
  const events = history(
    started,
    workflowTask,
    ['TimerStarted', { timerId: '1' }],
    ['TimerFired', { timerId: '1', startedEventId: 5 }],
    openTask,
  );
  const { run, activations } = replay(events, first(timer));
  expect(activations.map(({ nowMs }) => nowMs)).toEqual([3000, 8000]);
  const asked = run.queryActivation([{ kind: 'query', id: 'q', name: 'state', args: [], headers: {} }]);
  expect(asked).toMatchObject({ nowMs: 8000, isReplaying: true, isReplayingHistoryEvents: false });
});

test('an event of an unknown kind is passed over', () => {
  const unknown = { eventId: 5, eventTime: { seconds: 5 }, eventType: 9999, workerMayIgnore: true };
  const events = history(started, workflowTask, ['WorkflowExecutionSignaled', { signalName: 's' }], openTask);
  const later = events.slice(4).map((event) => ({ ...event, eventId: (event.eventId ?? 0) + 1 }));
  const { activations } = replay([...events.slice(0, 4), unknown, ...later] as HistoryEvent[], () => []);
  expect(activations.at(-1)?.jobs).toMatchObject([{ kind: 'signal', name: 's' }]);
});

test('a task that left no trace is followed by events with its numbers', () => {
  const { run } = replay(history(started, workflowTask, openTask), first(timer), { previous: 3 });
  const before = run.lastEventId;
  run.discardLastTask();
  expect(run.lastEventId).toBe(before - 2);
});

test('an update that was admitted is told where history accepts it', () => {
  const request = {
    meta: { updateId: 'u1', identity: 'client' },
    input: { name: 'add', args: { payloads: [] } },
  };
  const accepted = { protocolInstanceId: 'u1', acceptedRequestSequencingEventId: 2, acceptedRequest: undefined };
  const events = history(
    started,
    ['WorkflowExecutionUpdateAdmitted', { request }],
    workflowTask,
    ['WorkflowExecutionUpdateAccepted', accepted],
    ['WorkflowExecutionUpdateCompleted', { meta: { updateId: 'u1' }, acceptedEventId: 6 }],
    openTask,
  );
  const code: Code = ({ jobs }) =>
    jobs.some(({ kind }) => kind === 'update')
      ? [
          { kind: 'acceptUpdate', id: 'u1' },
          { kind: 'completeUpdate', id: 'u1' },
        ]
      : [];
  const { activations } = replay(events, code, { previous: 4 });
  expect(activations[0]?.jobs).toMatchObject([
    { kind: 'initialize' },
    { kind: 'update', id: 'u1', name: 'add', runValidator: false },
  ]);
});

test('the list of patches is not upserted when it grows too long for a search attribute', () => {
  const patch = (patchId: string): Intent => ({ kind: 'setPatchMarker', patchId, deprecated: false });
  const kindsOf = (...ids: string[]) => {
    const { run } = replay(history(started, openTask), first(...ids.map(patch)), { previous: 0 });
    return run.takeCommands().map(({ request }) => request.kind);
  };
  expect(kindsOf('short')).toEqual(['recordPatch', 'upsertChangeVersion']);
  expect(kindsOf('x'.repeat(2048))).toEqual(['recordPatch']);
  expect(kindsOf('x'.repeat(1000), 'y'.repeat(1050))).toEqual(['recordPatch', 'upsertChangeVersion', 'recordPatch']);
});

test('local activities are told of as their outcomes were recorded', () => {
  const events = history(started, task(completedBy('temporal-typescript')), marker(2), marker(1), marker(3), openTask);
  const told: number[] = [];
  const code: Code = ({ jobs }) => {
    for (const job of jobs) if (job.kind === 'resolveActivity') told.push(job.seq);
    return jobs[0]?.kind === 'initialize' ? [local(1), local(2), local(3)] : [];
  };
  expect(messageOf(() => replay(events, code))).toBe('no mismatch');
  expect(told).toEqual([2, 1, 3]);
});

test('the marker of a patch goes with the list of patches where history was written so', () => {
  const patch: Intent = { kind: 'setPatchMarker', patchId: 'p', deprecated: false };
  const data = Buffer.from(JSON.stringify({ id: 'p', deprecated: false }));
  const payloads = [{ metadata: { encoding: Buffer.from('json/plain') }, data }];
  const recorded: EventSpec = ['MarkerRecorded', { markerName: 'core_patch', details: { 'patch-data': { payloads } } }];
  const alone = (metadata: object) =>
    history(started, task(flagged(metadata)), recorded, ['TimerStarted', { timerId: '1' }]);
  expect(messageOf(() => replay(alone({}), first(patch, timer)))).toBe('no mismatch');
  expect(messageOf(() => replay(alone({ coreUsedFlags: [2] }), first(patch, timer)))).toContain(
    'UpsertWorkflowSearchAttributesMachine does not handle HistoryEvent(id: 6, TimerStarted)',
  );
});

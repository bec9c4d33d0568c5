import { WorkflowTaskFailedCause } from '@reprise/proto';
import { expect, test } from 'vitest';
import { encodeCommand } from './encode-command.ts';
import { history, started, workflowTask, type EventSpec } from './history-builder.suite.ts';
import { randomSeedOf } from './random-seed.ts';

import {
  activity,
  complete,
  completedBy,
  drive,
  first,
  identity,
  local,
  marker,
  messageOf,
  replay,
  timer,
  type Code,
} from './replay-run.suite.ts';

test('on new ground an intent becomes a command, once', () => {
  const { run, activations } = replay(
    history(started, ['WorkflowTaskScheduled'], ['WorkflowTaskStarted']),
    first(timer),
    {
      previous: 0,
    },
  );
  expect(activations.map(({ nowMs, isReplaying }) => [nowMs, isReplaying])).toEqual([[3000, false]]);
  const commands = run.takeCommands().map(({ request }) => encodeCommand(request, { ...identity, taskQueue: 'q' }));
  expect(commands).toEqual([
    { commandType: 3, startTimerCommandAttributes: { timerId: '1', startToFireTimeout: { seconds: 1, nanos: 0 } } },
  ]);
  expect(run.takeCommands()).toEqual([]);
});

test('a sticky task goes on where the last one ended', () => {
  const events = history(
    started,
    workflowTask,
    ['TimerStarted', { timerId: '1' }],
    ['TimerFired', { timerId: '1', startedEventId: 5 }],
    ['WorkflowTaskScheduled'],
    ['WorkflowTaskStarted'],
  );
  const { run } = replay(events.slice(0, 3), first(timer), { previous: 0 });
  run.takeCommands();
  run.begin({ events: events.slice(3), previousStartedEventId: 3 });
  const activations = drive(run, () => [complete]);
  expect(activations).toMatchObject([{ isReplaying: false, jobs: [{ kind: 'fireTimer', seq: 1 }], nowMs: 8000 }]);
  expect(run.takeCommands().map(({ intent }) => intent.kind)).toEqual(['completeWorkflow']);
});

test('a whole history replays up to the task that is open', () => {
  const events = history(
    started,
    workflowTask,
    ['TimerStarted', { timerId: '1' }],
    ['TimerFired', { timerId: '1', startedEventId: 5 }],
    ['WorkflowTaskScheduled'],
    ['WorkflowTaskStarted'],
  );
  const { activations } = replay(events, first(timer));
  expect(activations.map(({ isReplaying }) => isReplaying)).toEqual([true, false]);
});

test('an event without a command is a mismatch', () => {
  const events = history(started, workflowTask, ['TimerStarted', { timerId: '1' }]);
  expect(messageOf(() => replay(events, () => []))).toBe(
    '[TMPRL1100] Nondeterminism error: No command scheduled for event HistoryEvent(id: 5, TimerStarted)',
  );
});

test('a command of another kind is a mismatch', () => {
  const events = history(started, workflowTask, ['TimerStarted', { timerId: '1' }]);
  expect(messageOf(() => replay(events, first(activity)))).toBe(
    '[TMPRL1100] Nondeterminism error: Activity machine does not handle this event: HistoryEvent(id: 5, TimerStarted)',
  );
});

test('an activity of another type is a mismatch', () => {
  const events = history(started, workflowTask, [
    'ActivityTaskScheduled',
    { activityId: '1', activityType: { name: 'pay' } },
  ]);
  expect(messageOf(() => replay(events, first(activity)))).toBe(
    "[TMPRL1100] Nondeterminism error: Activity type of scheduled event 'pay' does not match activity type of activity command 'charge'",
  );
});

test('a command that a completed task did not record is a mismatch, when one asks strictly', () => {
  const events = history(started, workflowTask, ['WorkflowExecutionSignaled'], ['WorkflowTaskScheduled']);
  expect(messageOf(() => replay(events, first(timer)))).toBe('no mismatch');
  const closed = history(started, workflowTask, ['WorkflowExecutionSignaled'], workflowTask, [
    'WorkflowExecutionCompleted',
  ]);
  expect(messageOf(() => replay(closed, first(timer), { strict: true, previous: 7 }))).toContain(
    "asks for 'startTimer'",
  );
});

test('a timer that is cancelled before it is sent leaves no command', () => {
  const { run } = replay(
    history(started, ['WorkflowTaskScheduled'], ['WorkflowTaskStarted']),
    first(timer, { kind: 'cancelTimer', seq: 1 }, complete),
    { previous: 0 },
  );
  expect(run.takeCommands().map(({ intent }) => intent.kind)).toEqual(['completeWorkflow']);
});

test('what is asked for after the end of the run is kept before it', () => {
  const { run } = replay(
    history(started, ['WorkflowTaskScheduled'], ['WorkflowTaskStarted']),
    first(complete, timer, { kind: 'failWorkflow', failure: {} }),
    { previous: 0 },
  );
  expect(run.takeCommands().map(({ intent }) => intent.kind)).toEqual(['startTimer', 'completeWorkflow']);
});

test('a reset seeds the random numbers anew, from the run that it made', () => {
  const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW;
  const failed: EventSpec = ['WorkflowTaskFailed', { cause, newRunId: 'run-2' }];
  const events = history(started, ['WorkflowTaskScheduled'], ['WorkflowTaskStarted'], failed, workflowTask);
  const { activations } = replay(events, () => []);
  const seeds = activations.flatMap(({ jobs }) => jobs.filter(({ kind }) => kind === 'updateRandomSeed'));
  expect(seeds).toEqual([{ kind: 'updateRandomSeed', seed: randomSeedOf('run-2') }]);
});

test.each([
  ['reprise', [[1], [2]]],
  ['temporal-typescript', [[1, 2]]],
])('local activities are told of as %s tells of them in replay', (sdkName, expected) => {
  const open: EventSpec[] = [['WorkflowTaskScheduled'], ['WorkflowTaskStarted']];
  const events = history(
    started,
    open,
    completedBy(sdkName),
    marker(1),
    marker(2),
    ['WorkflowExecutionSignaled'],
    open,
  );
  const { activations } = replay(events, first(local(1), local(2)));
  const told = activations.map(({ jobs }) => jobs.flatMap((job) => (job.kind === 'resolveActivity' ? [job.seq] : [])));
  expect(told.filter((seqs) => seqs.length > 0)).toEqual(expected);
});

test('what follows a local activity may be recorded by the next task, when the worker has asked for it', () => {
  const code: Code = ({ jobs }) => {
    if (jobs[0]?.kind === 'initialize') return [local(1)];
    return jobs.some(({ kind }) => kind === 'resolveActivity') ? [complete] : [];
  };
  const events = (...between: EventSpec[]) =>
    history(started, workflowTask, marker(1), between, workflowTask, ['WorkflowExecutionCompleted']);
  const replayed = (...between: EventSpec[]) =>
    messageOf(() => replay(events(...between), code, { strict: true, previous: 8 }));
  expect(replayed()).toBe('no mismatch');
  expect(replayed(['WorkflowExecutionSignaled'])).toContain("asks for 'completeWorkflow'");
});

test('a history that begins elsewhere is refused', () => {
  const events = history(['WorkflowTaskScheduled']);
  expect(messageOf(() => replay(events, () => []))).toContain(
    'First event in history was not workflow execution started!',
  );
});

test('a history with a gap is refused', () => {
  const events = history(started, workflowTask).toSpliced(1, 1);
  expect(messageOf(() => replay(events, () => []))).toContain(
    'History is out of order. Last processed event: 1, event id: 3',
  );
});

test('a local activity that has been run moves the time to a whole millisecond, which replay reads of its marker', () => {
  const { run } = replay(history(started, ['WorkflowTaskScheduled'], ['WorkflowTaskStarted']), first(local(1)), {
    previous: 0,
  });
  const record = { attempt: 1, originalScheduleTimeMs: 3000 };
  run.resolveLocalActivity({ seq: 1, resolution: { status: 'completed' }, record, elapsedMs: 40.75 });
  expect(drive(run, () => [complete])).toMatchObject([{ nowMs: 3040 }]);
  const [request] = run.takeCommands().map((command) => command.request);
  expect(request).toMatchObject({ record: { completeTimeMs: 3040 } });
});

import { expect, test } from 'vitest';
import { HistoryWindow } from './history-window.ts';
import { history, started, workflowTask } from './history-builder.suite.ts';
import type { HistoryEvent } from './event-type.ts';

function sequences(events: readonly HistoryEvent[]): number[][] {
  const window = new HistoryWindow();
  window.load(events);
  const out: number[][] = [];
  for (let last = 0; ;) {
    const sequence = window.take(last);
    if (sequence === undefined) return out;
    out.push(sequence.events.map(({ eventId }) => eventId ?? 0));
    last = sequence.events.at(-1)?.eventId ?? 0;
  }
}

test('a sequence ends with the start of a task that was completed', () => {
  const events = history(started, workflowTask, ['TimerStarted'], ['TimerFired'], workflowTask, [
    'WorkflowExecutionCompleted',
  ]);
  expect(sequences(events)).toEqual([
    [1, 2, 3],
    [4, 5, 6, 7, 8],
    [9, 10],
  ]);
});

test('a task that failed or timed out does not end a sequence', () => {
  const events = history(
    started,
    ['WorkflowTaskScheduled'],
    ['WorkflowTaskStarted'],
    ['WorkflowTaskFailed'],
    ['WorkflowTaskScheduled'],
    ['WorkflowTaskStarted'],
    ['WorkflowTaskTimedOut'],
    workflowTask,
    ['TimerStarted'],
  );
  expect(sequences(events)).toEqual([
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [10, 11],
  ]);
});

test('completions that only keep a task alive do not end a sequence', () => {
  const events = history(started, workflowTask, workflowTask, workflowTask, ['MarkerRecorded']);
  expect(sequences(events)).toEqual([
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [10, 11],
  ]);
});

test('the last task ends a sequence, though nothing was asked for in the last two', () => {
  const events = history(
    started,
    workflowTask,
    ['WorkflowExecutionSignaled'],
    workflowTask,
    ['WorkflowExecutionSignaled'],
    workflowTask,
  );
  expect(sequences(events)).toEqual([[1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11], [12]]);
});

test('an accepted update belongs to the last task that began before it came', () => {
  const events = history(started, workflowTask, workflowTask, [
    'WorkflowExecutionUpdateAccepted',
    { acceptedRequestSequencingEventId: 5, protocolInstanceId: 'u' },
  ]);
  expect(sequences(events)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8],
  ]);
});

test('what was folded already is skipped', () => {
  const window = new HistoryWindow();
  window.load(
    history(started, workflowTask, ['TimerStarted'], ['WorkflowTaskScheduled'], ['WorkflowTaskStarted']).slice(3),
  );
  expect(window.take(5)?.events.map(({ eventId }) => eventId)).toEqual([6, 7]);
});

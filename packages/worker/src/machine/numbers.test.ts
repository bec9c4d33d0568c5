import type { Intent } from '@reprise/workflow/runtime';
import { expect, test } from 'vitest';
import { history, started, workflowTask, type EventSpec } from './history-builder.suite.ts';
import { first, messageOf, replay, timer } from './replay-run.suite.ts';

const second: Intent = { kind: 'startTimer', seq: 2, delayMs: 1000 };
const takenBack: readonly Intent[] = [timer, { kind: 'cancelTimer', seq: 1 }, second];
const waits = (timerId: string): (EventSpec | readonly EventSpec[])[] => [
  started,
  workflowTask,
  ['TimerStarted', { timerId }],
];
const fires = (timerId: string): (EventSpec | readonly EventSpec[])[] => [
  ...waits(timerId),
  ['TimerFired', { timerId, startedEventId: 5 }],
  ['WorkflowTaskScheduled'],
  ['WorkflowTaskStarted'],
];

test('a timer that was taken back keeps its number', () => {
  expect(messageOf(() => replay(history(...fires('2')), first(...takenBack)))).toBe('no mismatch');
});

test('a timer that fires under another number is a mismatch', () => {
  expect(messageOf(() => replay(history(...fires('1')), first(...takenBack)))).toBe(
    '[TMPRL1100] Nondeterminism error: Timer fired event did not have expected timer id 2, it was 1!',
  );
  expect(messageOf(() => replay(history(...fires('2')), first(timer)))).toContain('expected timer id 1, it was 2!');
});

test('so is one that waits, when one asks strictly', () => {
  const open = history(...waits('1'));
  expect(messageOf(() => replay(open, first(...takenBack)))).toBe('no mismatch');
  expect(messageOf(() => replay(open, first(...takenBack), { strict: true }))).toContain('expected timer id 2');
});

test('one that was cancelled matters no more', () => {
  const cancelled = history(
    ...waits('1'),
    ['WorkflowExecutionSignaled', { signalName: 's' }],
    workflowTask,
    ['TimerCanceled', { timerId: '1', startedEventId: 5 }],
    ['WorkflowTaskScheduled'],
    ['WorkflowTaskStarted'],
  );
  const code = ({ jobs }: { jobs: readonly { kind: string }[] }): readonly Intent[] => {
    if (jobs[0]?.kind === 'initialize') return takenBack;
    return jobs[0]?.kind === 'signal' ? [{ kind: 'cancelTimer', seq: 2 }] : [];
  };
  expect(messageOf(() => replay(cancelled, code, { previous: 8 }))).toBe('no mismatch');
});

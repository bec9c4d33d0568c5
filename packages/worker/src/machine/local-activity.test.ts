import type { ActivityCancellation } from '@reprise/workflow/runtime';
import { expect, test } from 'vitest';
import { localActivityMachine, type LocalActivityInput, type LocalActivityState } from './local-activity.ts';
import { testMachine } from './machine-rows.suite.ts';

const facts = (cancellation: ActivityCancellation) => ({
  seq: 1,
  activityId: '1',
  activityType: 'add',
  attempt: 1,
  cancellation,
  userMetadata: undefined,
});
const awaiting = (cancellation: ActivityCancellation): LocalActivityState => ({
  kind: 'awaitingMarker',
  facts: facts(cancellation),
});
const running = (cancellation: ActivityCancellation): LocalActivityState => ({
  kind: 'running',
  facts: facts(cancellation),
});
const canceling: LocalActivityState = { kind: 'canceling', facts: facts('WAIT_CANCELLATION_COMPLETED') };
const done: LocalActivityState = { kind: 'done', done: true };

const cancel: LocalActivityInput = { kind: 'cancel', nowMs: 5 };
const peeked: LocalActivityInput = { kind: 'markerPeeked', resolution: { status: 'completed' }, completeTimeMs: 9 };
const resolved: LocalActivityInput = {
  kind: 'resolvedLocally',
  resolution: { status: 'completed' },
  record: {
    seq: 1,
    attempt: 1,
    activityId: '1',
    activityType: 'add',
    completeTimeMs: 9,
    originalScheduleTimeMs: 4,
  },
};
const outcome = ['advanceTime', 'tell resolveActivity completed', 'send recordLocalActivity'];

testMachine(localActivityMachine, [
  [awaiting('TRY_CANCEL'), peeked, 'preResolved', ['advanceTime', 'tell resolveActivity completed']],
  [awaiting('TRY_CANCEL'), { kind: 'goLive' }, 'running', ['runLocally']],
  [awaiting('TRY_CANCEL'), cancel, 'preResolved', ['tell resolveActivity cancelled']],
  [awaiting('WAIT_CANCELLATION_COMPLETED'), cancel, 'awaitingMarker'],
  [running('TRY_CANCEL'), { kind: 'goLive' }, 'running'],
  [running('TRY_CANCEL'), resolved, 'recording', outcome],
  [
    running('TRY_CANCEL'),
    cancel,
    'recording',
    ['cancelLocally', 'tell resolveActivity cancelled', 'send recordLocalActivity'],
  ],
  [running('ABANDON'), cancel, 'recording', ['tell resolveActivity cancelled', 'send recordLocalActivity']],
  [running('WAIT_CANCELLATION_COMPLETED'), cancel, 'canceling', ['cancelLocally']],
  [canceling, { kind: 'goLive' }, 'canceling'],
  [canceling, resolved, 'recording', outcome],
  [canceling, cancel, 'canceling'],
  [{ kind: 'preResolved' }, peeked, 'preResolved'],
  [{ kind: 'preResolved' }, { kind: 'markerRecorded' }, 'done'],
  [{ kind: 'preResolved' }, { kind: 'goLive' }, 'preResolved'],
  [{ kind: 'preResolved' }, cancel, 'preResolved'],
  [{ kind: 'recording' }, { kind: 'markerRecorded' }, 'done'],
  [{ kind: 'recording' }, { kind: 'goLive' }, 'recording'],
  [{ kind: 'recording' }, resolved, 'recording'],
  [{ kind: 'recording' }, cancel, 'recording'],
  [done, cancel, 'done'],
]);

const timeout = { message: 'Activity timed out', timeoutFailureInfo: { timeoutType: 1 } };
const timedOut = { status: 'failed', failure: timeout } as const;
const record = { ...(resolved.kind === 'resolvedLocally' && resolved.record), failure: timeout };

test.each([
  ['here', running('TRY_CANCEL'), { ...resolved, resolution: timedOut, record } as LocalActivityInput],
  ['in history', awaiting('TRY_CANCEL'), { ...peeked, resolution: timedOut }],
])('the code is told which activity timed out %s, the marker has the bare timeout', (_, from, input) => {
  const { effects } = localActivityMachine.step(from, input);
  const told = {
    message: 'Local Activity timed out',
    activityFailureInfo: { activityType: { name: 'add' }, activityId: '1', retryState: 7 },
    cause: timeout,
  };
  expect(effects).toContainEqual({
    kind: 'tell',
    job: { kind: 'resolveActivity', seq: 1, isLocal: true, resolution: { status: 'failed', failure: told } },
  });
  for (const effect of effects) {
    if (effect.kind === 'send') expect(effect.command).toMatchObject({ record: { failure: timeout } });
  }
});

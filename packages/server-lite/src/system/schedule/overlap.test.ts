import { ScheduleOverlapPolicy } from '@reprise/proto';
import { describe, expect, it } from 'vitest';
import { type BufferedStart, decideOverlap } from './overlap.ts';

const {
  SCHEDULE_OVERLAP_POLICY_SKIP: skip,
  SCHEDULE_OVERLAP_POLICY_BUFFER_ONE: bufferOne,
  SCHEDULE_OVERLAP_POLICY_BUFFER_ALL: bufferAll,
  SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER: cancel,
  SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER: terminate,
  SCHEDULE_OVERLAP_POLICY_ALLOW_ALL: allowAll,
} = ScheduleOverlapPolicy;

/** A start for each policy, told apart by their times: 0, 1, 2, ... */
const waiting = (policies: readonly number[]): BufferedStart[] =>
  policies.map((overlapPolicy, at) => ({
    nominalMs: at,
    actualMs: at,
    overlapPolicy,
    manual: false,
    requestId: `${at}`,
  }));

const timesOf = (starts: readonly BufferedStart[]): number[] => starts.map(({ nominalMs }) => nominalMs);

function outcome(policies: readonly number[], isRunning: boolean) {
  const decision = decideOverlap(waiting(policies), isRunning, skip);
  const { overlapping, exclusive, buffer, ...rest } = decision;
  return { beside: timesOf(overlapping), alone: exclusive?.nominalMs, buffer: timesOf(buffer), ...rest };
}

const quiet = { beside: [], alone: undefined, buffer: [], skipped: 0, cancelRunning: false, terminateRunning: false };

describe('starts that meet one that runs', () => {
  it.each([
    { policies: [0, skip], expected: { skipped: 2 } },
    { policies: [bufferOne, bufferOne, bufferAll], expected: { buffer: [0, 2], skipped: 1 } },
    { policies: [bufferAll, bufferAll], expected: { buffer: [0, 1] } },
    { policies: [cancel, cancel, bufferAll], expected: { buffer: [0, 1, 2], cancelRunning: true } },
    { policies: [allowAll, skip], expected: { beside: [0], skipped: 1 } },
    { policies: [allowAll, terminate], expected: { buffer: [1], terminateRunning: true } },
  ])('$policies', ({ policies, expected }) => {
    expect(outcome(policies, true)).toEqual({ ...quiet, ...expected });
  });
});

describe('starts that meet none', () => {
  it.each([
    { policies: [skip, skip], expected: { alone: 0, skipped: 1 } },
    { policies: [skip, terminate, cancel], expected: { alone: 2 } },
    { policies: [allowAll, bufferAll, bufferAll], expected: { beside: [0], alone: 1, buffer: [2] } },
  ])('$policies', ({ policies, expected }) => {
    expect(outcome(policies, false)).toEqual({ ...quiet, ...expected });
  });
});

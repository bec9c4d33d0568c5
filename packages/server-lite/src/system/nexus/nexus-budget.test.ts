import { TimeoutType } from '@reprise/proto';
import { describe, expect, it } from 'vitest';
import type { NexusOperation } from '../../execution/nexus.ts';
import { duration } from '../../execution/wire.ts';
import { nexusBudget, operationTimeoutMs } from './nexus-budget.ts';

type Timeouts = { toClose?: number; toStart?: number; startToClose?: number };

const scheduledTimeMs = 1_000_000;
const startedTimeMs = scheduledTimeMs + 1000;

const operation = ({ toClose = 0, toStart = 0, startToClose = 0 }: Timeouts): NexusOperation => ({
  scheduledEventId: 5,
  attributes: {
    scheduleToCloseTimeout: duration(toClose),
    scheduleToStartTimeout: duration(toStart),
    startToCloseTimeout: duration(startToClose),
  },
  scheduledTimeMs,
  startedTimeMs,
  requestId: 'r',
  state: 'scheduled',
  attempt: 0,
  lastAttemptMs: undefined,
  lastFailure: undefined,
  nextAttemptMs: undefined,
  operationToken: '',
  cancel: undefined,
});

const toStart = TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
const toClose = TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE;
const startToClose = TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE;

describe('what a request to a handler may take', () => {
  it.each([
    { purpose: 'start', timeouts: {}, afterMs: 0, timeoutMs: 9000, tooLateFor: undefined },
    { purpose: 'start', timeouts: { toClose: 4000 }, afterMs: 1000, timeoutMs: 2000, tooLateFor: undefined },
    { purpose: 'start', timeouts: { toClose: 60_000 }, afterMs: 1000, timeoutMs: 9000, tooLateFor: undefined },
    { purpose: 'start', timeouts: { toClose: 2000 }, afterMs: 501, timeoutMs: 499, tooLateFor: toClose },
    { purpose: 'start', timeouts: { toClose: 2000 }, afterMs: 500, timeoutMs: 500, tooLateFor: undefined },
    { purpose: 'start', timeouts: { toClose: 60_000, toStart: 1000 }, afterMs: 0, timeoutMs: 0, tooLateFor: toStart },
    { purpose: 'start', timeouts: { startToClose: 100 }, afterMs: 0, timeoutMs: 9000, tooLateFor: undefined },
    { purpose: 'cancel', timeouts: { toStart: 1000 }, afterMs: 5000, timeoutMs: 9000, tooLateFor: undefined },
    { purpose: 'cancel', timeouts: { startToClose: 5000 }, afterMs: 5000, timeoutMs: 0, tooLateFor: startToClose },
    { purpose: 'cancel', timeouts: { startToClose: 8000 }, afterMs: 5000, timeoutMs: 3000, tooLateFor: undefined },
    {
      purpose: 'cancel',
      timeouts: { startToClose: 5000, toClose: 60_000 },
      afterMs: 5000,
      timeoutMs: 0,
      tooLateFor: toClose,
    },
  ] as const)('$purpose with $timeouts after $afterMs ms', ({ purpose, timeouts, afterMs, ...expected }) => {
    expect(nexusBudget(operation(timeouts), purpose, scheduledTimeMs + afterMs)).toEqual(expected);
  });
});

describe('what the handler hears of the time of its operation', () => {
  it.each([
    [{}, undefined],
    [{ toClose: 60_000 }, 58_000],
    [{ startToClose: 5000 }, 5000],
    [{ startToClose: 5000, toClose: 6000 }, 4000],
  ] as const)('%o, after two seconds: %s ms', (timeouts, expected) => {
    expect(operationTimeoutMs(operation(timeouts), scheduledTimeMs + 2000)).toBe(expected);
  });
});

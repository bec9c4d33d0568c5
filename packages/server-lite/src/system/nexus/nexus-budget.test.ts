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
    ['start', {}, 0, 9000, undefined],
    ['start', { toClose: 4000 }, 1000, 2000, undefined],
    ['start', { toClose: 60_000 }, 1000, 9000, undefined],
    ['start', { toClose: 2000 }, 501, 499, toClose],
    ['start', { toClose: 2000 }, 500, 500, undefined],
    ['start', { toClose: 60_000, toStart: 1000 }, 0, 0, toStart],
    ['start', { startToClose: 100 }, 0, 9000, undefined],
    ['cancel', { toStart: 1000 }, 5000, 9000, undefined],
    ['cancel', { startToClose: 5000 }, 5000, 0, startToClose],
    ['cancel', { startToClose: 8000, toClose: 60_000 }, 5000, 3000, undefined],
    ['cancel', { startToClose: 5000, toClose: 60_000 }, 5000, 0, toClose],
  ] as const)('%s with %o after %d ms: %d ms, too late for %s', (purpose, timeouts, afterMs, timeoutMs, tooLateFor) => {
    const budget = nexusBudget(operation(timeouts), purpose, scheduledTimeMs + afterMs);
    expect(budget).toEqual({ timeoutMs, tooLateFor });
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

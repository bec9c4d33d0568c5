import { expect, it } from 'vitest';
import { admitted } from './decide-schedule.ts';
import type { ScheduleRecord } from './schedule-record.ts';

const record = (state: ScheduleRecord['schedule']['state']): ScheduleRecord =>
  ({
    namespaceId: 'n',
    namespace: 'default',
    id: 's',
    visibilityKey: -1,
    schedule: { state },
  }) as unknown as ScheduleRecord;

const start = (manual: boolean) => ({ nominalMs: 0, actualMs: 0, overlapPolicy: 0, manual, requestId: 'r' });

it.each([
  { state: {}, manual: false, left: undefined, isAdmitted: true },
  { state: { paused: true }, manual: false, left: undefined, isAdmitted: false },
  { state: { paused: true }, manual: true, left: undefined, isAdmitted: true },
  { state: { limitedActions: true, remainingActions: 2 }, manual: false, left: 1, isAdmitted: true },
  { state: { limitedActions: true, remainingActions: 2 }, manual: true, left: 2, isAdmitted: true },
  { state: { limitedActions: true, remainingActions: 0 }, manual: false, left: undefined, isAdmitted: false },
])('a start under $state, manual: $manual', ({ state, manual, left, isAdmitted }) => {
  const counted = admitted(record(state), start(manual));
  expect(counted !== undefined).toBe(isAdmitted);
  expect(counted?.schedule.state?.remainingActions).toBe(left);
});

import { describe, expect, it } from 'vitest';
import { decodeScheduleSpec, encodeScheduleSpec } from './spec-codec.ts';

const every = { start: 0, end: 0, step: 1 };

describe('encodeScheduleSpec', () => {
  it('fills in what a calendar leaves out', () => {
    expect(encodeScheduleSpec({ calendars: [{ hour: 3 }] }).structuredCalendar).toEqual([
      {
        second: [every],
        minute: [every],
        hour: [{ start: 3, end: 3, step: 1 }],
        dayOfMonth: [{ start: 1, end: 31, step: 1 }],
        month: [{ start: 1, end: 12, step: 1 }],
        year: [],
        dayOfWeek: [{ start: 0, end: 6, step: 1 }],
        comment: undefined,
      },
    ]);
  });

  it('takes a range without an end for its start alone', () => {
    const [calendar] =
      encodeScheduleSpec({ calendars: [{ second: { start: 0 }, dayOfWeek: { start: 'FRIDAY' } }] })
        .structuredCalendar ?? [];
    expect(calendar?.second).toEqual([every]);
    expect(calendar?.dayOfWeek).toEqual([{ start: 5, end: 5, step: 1 }]);
  });

  it('comes back as it was given', () => {
    const spec = {
      calendars: [
        {
          hour: { start: 9, end: 17, step: 2 },
          month: ['MARCH' as const, { start: 'MAY' as const, end: 'JULY' as const }],
          comment: 'office',
        },
      ],
      intervals: [{ every: '1h' as const, offset: '5m' as const }],
      jitter: '10s' as const,
      timezone: 'Europe/Berlin',
      startAt: new Date(1_000),
    };
    const decoded = decodeScheduleSpec(encodeScheduleSpec(spec));
    expect(decoded.calendars?.[0]).toMatchObject({
      hour: [{ start: 9, end: 17, step: 2 }],
      month: [
        { start: 'MARCH', end: 'MARCH', step: 1 },
        { start: 'MAY', end: 'JULY', step: 1 },
      ],
      comment: 'office',
    });
    expect(decoded).toMatchObject({
      intervals: [{ every: 3_600_000, offset: 300_000 }],
      jitter: 10_000,
      timezone: 'Europe/Berlin',
      startAt: new Date(1_000),
    });
  });

  it.each([[{ month: 'MAI' }], [{ dayOfWeek: { start: 'FRI' } }], [{ hour: 1.5 }]])('refuses %j', (calendar) => {
    expect(() => encodeScheduleSpec({ calendars: [calendar as never] })).toThrow(
      'Invalid CalendarSpec component for field',
    );
  });
});

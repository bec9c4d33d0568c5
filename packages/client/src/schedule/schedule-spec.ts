import type { Duration } from '@reprise/common';

/** The months, January first. */
export const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;
export type Month = (typeof MONTHS)[number];

/** The days of the week, Sunday first. */
export const DAYS_OF_WEEK = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
export type DayOfWeek = (typeof DAYS_OF_WEEK)[number];

/** From `start` to `end`, both included, every `step`. */
export interface Range<Unit> {
  start: Unit;
  end: Unit;
  step: number;
}

/** A range, or a single value. Without `end`, `start` alone is meant; `step` is 1 by default. */
export type LooseRange<Unit> = Unit | { start: Unit; end?: Unit; step?: number };

/** When by the calendar. All fields must match; of the ranges of one field, any. */
export interface CalendarSpec {
  /** 0 to 59; 0 by default. */
  second?: LooseRange<number> | LooseRange<number>[] | '*';
  /** 0 to 59; 0 by default. */
  minute?: LooseRange<number> | LooseRange<number>[] | '*';
  /** 0 to 23; 0 by default. */
  hour?: LooseRange<number> | LooseRange<number>[] | '*';
  /** 1 to 31; every day by default. */
  dayOfMonth?: LooseRange<number> | LooseRange<number>[] | '*';
  /** Every month by default. */
  month?: LooseRange<Month> | LooseRange<Month>[] | '*';
  /** Every year by default. */
  year?: LooseRange<number> | LooseRange<number>[] | '*';
  /** Every day by default. */
  dayOfWeek?: LooseRange<DayOfWeek> | LooseRange<DayOfWeek>[] | '*';
  /** For people. */
  comment?: string;
}

/** `CalendarSpec` as the server has it: every field a list of ranges. */
export interface CalendarSpecDescription {
  second: Range<number>[];
  minute: Range<number>[];
  hour: Range<number>[];
  dayOfMonth: Range<number>[];
  month: Range<Month>[];
  year: Range<number>[];
  dayOfWeek: Range<DayOfWeek>[];
  comment?: string;
}

/** At regular distances from the Unix epoch, moved by `offset`. */
export interface IntervalSpec {
  every: Duration;
  offset?: Duration;
}

/** `IntervalSpec` in ms. */
export interface IntervalSpecDescription {
  every: number;
  offset: number;
}

/** When to act: at any of these times, but for those to skip. */
export interface ScheduleSpec {
  calendars?: CalendarSpec[];
  intervals?: IntervalSpec[];
  /** Lines of cron with five to seven fields, or `@hourly`, `@every 5m`. */
  cronExpressions?: string[];
  skip?: CalendarSpec[];
  startAt?: Date;
  endAt?: Date;
  /** Each action waits a random time up to this. */
  jitter?: Duration;
  /** Such as `Europe/Berlin`; UTC by default. */
  timezone?: string;
}

/** `ScheduleSpec` as the server has it. Cron lines have become calendars and intervals. */
export interface ScheduleSpecDescription {
  calendars?: CalendarSpecDescription[];
  intervals?: IntervalSpecDescription[];
  skip?: CalendarSpecDescription[];
  startAt?: Date;
  endAt?: Date;
  /** ms */
  jitter?: number;
  timezone?: string;
}

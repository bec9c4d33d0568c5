/** A schedule's spec in the one form in which it is kept: texts read, defaults written out, mistakes refused. */
import type { temporal } from '@reprise/proto';
import { durationMs } from '../../execution/wire.ts';
import {
  calendarFields,
  completedRanges,
  invalidSpec,
  rangeProblems,
  readFields,
  type StructuredCalendar,
} from './calendar-fields.ts';
import { type CronMeaning, readCronString } from './cron-string.ts';
import { zoneOfSpec } from './zone-of-spec.ts';

export type ScheduleSpec = temporal.api.schedule.v1.ScheduleSpec;
type Calendar = temporal.api.schedule.v1.CalendarSpec;
type Interval = temporal.api.schedule.v1.IntervalSpec;

const longestComment = 200;

/** @throws ServiceError INVALID_ARGUMENT `Invalid schedule spec: ...` */
export function canonicalSpec(spec: ScheduleSpec): ScheduleSpec {
  const { calendar, cronString, structuredCalendar, interval, excludeCalendar, excludeStructuredCalendar, ...rest } =
    spec;
  const read = (calendar ?? []).map(readCalendar);
  const excludes = [...(excludeStructuredCalendar ?? []), ...(excludeCalendar ?? []).map(readCalendar)];
  const crons = (cronString ?? []).map(readCronString);
  const timezoneName = zoneName(spec, crons);
  const calendars = [
    ...(structuredCalendar ?? []),
    ...read,
    ...crons.flatMap((cron) => (cron.calendar ? [cron.calendar] : [])),
  ];
  const intervals = [...(interval ?? []), ...crons.flatMap((cron) => (cron.interval ? [cron.interval] : []))];
  calendars.forEach(checkCalendar);
  intervals.forEach(checkInterval);
  checkZone(spec, timezoneName);
  return {
    ...rest,
    ...(calendars.length ? { structuredCalendar: calendars.map(completedCalendar) } : {}),
    ...(intervals.length ? { interval: intervals } : {}),
    ...(excludes.length ? { excludeStructuredCalendar: excludes.map(completedCalendar) } : {}),
    ...(timezoneName ? { timezoneName } : {}),
  };
}

/** Cron strings all name the same zone, or none; what they name is that of the whole. */
function zoneName(spec: ScheduleSpec, crons: readonly CronMeaning[]): string {
  const given = spec.timezoneName ?? '';
  const named = new Set(crons.map(({ zone }) => zone ?? ''));
  if (named.size > 1) throw invalidSpec('conflicting timezone names');
  const [zone] = named;
  if (!zone) return given;
  if ((given !== '' && given !== zone) || spec.timezoneData?.length) throw invalidSpec('conflicting timezone names');
  return zone;
}

function checkZone({ timezoneData }: ScheduleSpec, timezoneName: string): void {
  if (zoneOfSpec({ timezoneData, timezoneName })) return;
  throw invalidSpec(timezoneData?.length ? 'malformed time zone information' : `unknown time zone ${timezoneName}`);
}

const readCalendar = (calendar: Calendar): StructuredCalendar => ({
  ...readFields(calendar),
  ...(calendar.comment ? { comment: calendar.comment } : {}),
});

function checkCalendar(calendar: StructuredCalendar): void {
  const problems = calendarFields.flatMap((field) => rangeProblems(field, calendar[field.name]));
  if ((calendar.comment ?? '').length > longestComment) problems.push('comment is too long');
  if (problems.length > 0) throw invalidSpec(`invalid calendar spec: ${problems.join(', ')}`);
}

function completedCalendar(calendar: StructuredCalendar): StructuredCalendar {
  const completed: StructuredCalendar = calendar.comment ? { comment: calendar.comment } : {};
  for (const { name } of calendarFields) {
    const ranges = completedRanges(calendar[name]);
    if (ranges.length > 0) completed[name] = ranges;
  }
  return completed;
}

function checkInterval({ interval, phase }: Interval): void {
  if (durationMs(interval) < 1000) throw invalidSpec('interval is too small');
  if (durationMs(phase) < 0) throw invalidSpec('phase is negative');
  if (durationMs(phase) >= durationMs(interval)) throw invalidSpec('phase cannot be greater than Interval');
}

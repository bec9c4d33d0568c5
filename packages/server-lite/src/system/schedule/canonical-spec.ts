/** A schedule's spec in the one form in which it is kept: texts read, defaults written out, mistakes refused. */
import type { temporal } from '@reprise/proto';
import { calendarFields, checkRanges, invalidSpec, readField, type StructuredCalendar } from './calendar-fields.ts';
import { readCronString } from './cron-string.ts';
import { timeZone } from './time-zone.ts';

export type ScheduleSpec = temporal.api.schedule.v1.ScheduleSpec;
type Interval = temporal.api.schedule.v1.IntervalSpec;

const longestComment = 200;

/** @throws ServiceError INVALID_ARGUMENT `Invalid schedule spec: ...` */
export function canonicalSpec(spec: ScheduleSpec): ScheduleSpec {
  const { calendar, cronString, structuredCalendar, interval, excludeCalendar, excludeStructuredCalendar, ...rest } =
    spec;
  const crons = (cronString ?? []).map(readCronString);
  const zoneNames = new Set(crons.flatMap(({ zone }) => (zone === undefined ? [] : [zone])));
  if (spec.timezoneName) zoneNames.add(spec.timezoneName);
  if (zoneNames.size > 1) throw invalidSpec('Conflicting timezones in CronString specs');
  const [zone] = zoneNames;
  if (spec.timezoneData?.length) throw invalidSpec('timezone_data is not supported by this server, use timezone_name');
  if (zone !== undefined && !timeZone(zone)) throw invalidSpec(`unknown time zone ${zone}`);
  const calendars = [
    ...(structuredCalendar ?? []).map(checkCalendar),
    ...(calendar ?? []).map(readCalendar),
    ...crons.flatMap((cron) => (cron.calendar ? [cron.calendar] : [])),
  ];
  const intervals = [...(interval ?? []), ...crons.flatMap((cron) => (cron.interval ? [cron.interval] : []))];
  const excludes = [
    ...(excludeStructuredCalendar ?? []).map(checkCalendar),
    ...(excludeCalendar ?? []).map(readCalendar),
  ];
  checkTimes(spec);
  return {
    ...rest,
    ...(calendars.length ? { structuredCalendar: calendars } : {}),
    ...(intervals.length ? { interval: intervals.map(checkInterval) } : {}),
    ...(excludes.length ? { excludeStructuredCalendar: excludes } : {}),
    ...(zone === undefined ? {} : { timezoneName: zone }),
  };
}

function checkComment(comment: string | null | undefined): { comment?: string } {
  if (!comment) return {};
  if (comment.length > longestComment) throw invalidSpec('comment is too long');
  return { comment };
}

function checkCalendar(calendar: StructuredCalendar): StructuredCalendar {
  const checked: StructuredCalendar = checkComment(calendar.comment);
  for (const field of calendarFields) {
    const ranges = checkRanges(field, calendar[field.name]);
    if (ranges.length > 0) checked[field.name] = ranges;
  }
  return checked;
}

function readCalendar(calendar: temporal.api.schedule.v1.CalendarSpec): StructuredCalendar {
  const read: StructuredCalendar = checkComment(calendar.comment);
  for (const field of calendarFields) {
    const ranges = readField(field, calendar[field.name] ?? '');
    if (ranges.length > 0) read[field.name] = ranges;
  }
  return read;
}

function checkInterval(interval: Interval): Interval {
  const seconds = interval.interval?.seconds ?? 0;
  const phase = interval.phase?.seconds ?? 0;
  if (seconds < 1) throw invalidSpec('interval is too small');
  if (phase < 0) throw invalidSpec('phase is negative');
  if (phase >= seconds) throw invalidSpec('phase cannot be greater than Interval');
  return interval;
}

function checkTimes(spec: ScheduleSpec): void {
  if ((spec.jitter?.seconds ?? 0) < 0) throw invalidSpec('jitter is negative');
}

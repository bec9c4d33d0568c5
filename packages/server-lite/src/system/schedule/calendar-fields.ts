/** The fields of a calendar, and the ranges that they are written in. */
import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';

export type Range = temporal.api.schedule.v1.Range;
export type StructuredCalendar = temporal.api.schedule.v1.StructuredCalendarSpec;

export type FieldName = 'second' | 'minute' | 'hour' | 'dayOfMonth' | 'month' | 'year' | 'dayOfWeek';

export interface CalendarField {
  readonly name: FieldName;
  readonly title: string;
  readonly min: number;
  readonly max: number;
  /** What a calendar text means that leaves the field out. */
  readonly missing: string;
  readonly names: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export const calendarFields: readonly CalendarField[] = [
  { name: 'second', title: 'Second', min: 0, max: 59, missing: '0', names: [] },
  { name: 'minute', title: 'Minute', min: 0, max: 59, missing: '0', names: [] },
  { name: 'hour', title: 'Hour', min: 0, max: 23, missing: '0', names: [] },
  { name: 'dayOfMonth', title: 'DayOfMonth', min: 1, max: 31, missing: '*', names: [] },
  { name: 'month', title: 'Month', min: 1, max: 12, missing: '*', names: months },
  { name: 'year', title: 'Year', min: 2000, max: 2100, missing: '*', names: [] },
  { name: 'dayOfWeek', title: 'DayOfWeek', min: 0, max: 7, missing: '*', names: days },
];

export const invalidSpec = (message: string) => invalidArgument(`Invalid schedule spec: ${message}`);

function readNumber(field: CalendarField, text: string): number {
  const named = field.names.indexOf(text.slice(0, 3).toLowerCase());
  if (named >= 0 && text.length >= 3) return named + (field.name === 'month' ? 1 : 0);
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= field.min && value <= field.max)) {
    throw invalidSpec(`${field.title} is not in range [${field.min}-${field.max}]`);
  }
  return value;
}

/** Sunday may be written as 7. */
const wrapDay = (field: CalendarField, value: number): number =>
  field.name === 'dayOfWeek' && value === 7 ? 0 : value;

function readRange(field: CalendarField, text: string): Range[] {
  const [span = '', stepText, extra] = text.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  if (extra !== undefined || !Number.isInteger(step) || step < 1) throw invalidSpec(`${field.title} has invalid Step`);
  const last = field.name === 'dayOfWeek' ? 6 : field.max;
  if (span === '*') return [{ start: field.min, end: last, step }];
  const [from = '', to, more] = span.split('-');
  if (more !== undefined) throw invalidSpec(`${field.title} has too many dashes`);
  const start = readNumber(field, from);
  const end = to === undefined ? (stepText === undefined ? start : last) : readNumber(field, to);
  if (end < start) throw invalidSpec(`${field.title} has End before Start`);
  if (field.name !== 'dayOfWeek' || end < 7) return [{ start, end, step }];
  const sunday: Range = { start: 0, end: 0, step: 1 };
  return start === 7 ? [sunday] : [{ start, end: 6, step }, ...((7 - start) % step === 0 ? [sunday] : [])];
}

/** `*`, `5`, `1-5`, `MON-FRI`, `0/15`, and several of them with commas between. */
export function readField(field: CalendarField, text: string): Range[] {
  const given = text.trim() === '' ? field.missing : text.trim();
  if (field.name === 'year' && given === '*') return [];
  return given.split(',').flatMap((part) => readRange(field, part.trim()));
}

/** Checks ranges that came as such, and writes out what they leave open. */
export function checkRanges(field: CalendarField, ranges: readonly Range[] | null | undefined): Range[] {
  return (ranges ?? []).map((range) => {
    const start = range.start ?? 0;
    const end = Math.max(start, range.end ?? 0);
    const bounds = `is not in range [${field.min}-${field.max}]`;
    if (start < field.min || start > field.max)
      throw invalidSpec(`invalid calendar spec: ${field.title} Start ${bounds}`);
    if (end > field.max) throw invalidSpec(`invalid calendar spec: ${field.title} End ${bounds}`);
    if ((range.step ?? 0) < 0) throw invalidSpec(`invalid calendar spec: ${field.title} has invalid Step`);
    return { start: wrapDay(field, start), end: wrapDay(field, end), step: range.step || 1 };
  });
}

/** The fields of a calendar, and the ranges that they are written in. */
import type { temporal } from '@reprise/proto';
import { invalidArgument, ServiceError } from '../../errors.ts';

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

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export const calendarFields: readonly CalendarField[] = [
  { name: 'second', title: 'Second', min: 0, max: 59, missing: '0', names: [] },
  { name: 'minute', title: 'Minute', min: 0, max: 59, missing: '0', names: [] },
  { name: 'hour', title: 'Hour', min: 0, max: 23, missing: '0', names: [] },
  { name: 'dayOfMonth', title: 'DayOfMonth', min: 1, max: 31, missing: '*', names: [] },
  { name: 'month', title: 'Month', min: 1, max: 12, missing: '*', names: months },
  { name: 'year', title: 'Year', min: 2000, max: 2100, missing: '*', names: [] },
  { name: 'dayOfWeek', title: 'DayOfWeek', min: 0, max: 7, missing: '*', names: days },
];

const specPrefix = 'Invalid schedule spec: ';

export const invalidSpec = (message: string) => invalidArgument(`${specPrefix}${message}`);

/** Enough letters to tell one name from the others. */
const shortestName: Readonly<Partial<Record<FieldName, number>>> = { month: 3, dayOfWeek: 2 };

function readNumber(field: CalendarField, text: string, least = field.min): number | undefined {
  const name = text.toLowerCase();
  const named =
    name.length >= (shortestName[field.name] ?? Infinity) ? field.names.findIndex((full) => full.startsWith(name)) : -1;
  const value =
    named >= 0 ? named + (field.name === 'month' ? 1 : 0) : /^\+?\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= field.max ? value : undefined;
}

/** Sunday may be written as 7. */
function withSunday(start: number, end: number, step: number): Range[] {
  if (end !== 7) return [{ start, end, step }];
  const isMet = (7 - start) % step === 0 && (step > 1 || start > 1);
  if (!isMet) return [{ start, end: 6, step }];
  const sunday: Range = { start: 0, end: 0, step: 1 };
  return start === 7 ? [sunday] : [sunday, { start, end: 6, step }];
}

function readRange(field: CalendarField, text: string): Range[] {
  const { title, min, max } = field;
  const [span = '', stepText, extra] = text.split('/');
  if (extra !== undefined) throw invalidSpec(`${title} has too many slashes`);
  if (stepText === '') throw invalidSpec(`${title} missing step value`);
  if (stepText !== undefined && !/^[+-]?\d+$/.test(stepText)) {
    throw invalidSpec(`strconv.Atoi: parsing ${JSON.stringify(stepText)}: invalid syntax`);
  }
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step < 1) throw invalidSpec(`${title} has invalid Step`);
  if (span === '*') return field.name === 'dayOfWeek' ? withSunday(min, max, step) : [{ start: min, end: max, step }];
  const [from = '', to, more] = span.split('-');
  if (more !== undefined) throw invalidSpec(`${title} has too many dashes`);
  const start = readNumber(field, from);
  if (start === undefined) {
    throw invalidSpec(`${title} ${to === undefined ? '' : 'Start '}is not in range [${min}-${max}]`);
  }
  const last = stepText === undefined ? start : max;
  const end = to === undefined ? last : readNumber(field, to, start);
  if (end === undefined) throw invalidSpec(`${title} End is before Start or not in range [${min}-${max}]`);
  return field.name === 'dayOfWeek' ? withSunday(start, end, step) : [{ start, end, step }];
}

/** `*`, `5`, `1-5`, `MON-FRI`, `0/15`, and several of them with commas between. */
export function readField(field: CalendarField, text: string): Range[] {
  const given = text.trim() === '' ? field.missing : text.trim();
  if (field.name === 'year' && given === '*') return [];
  return given.split(',').flatMap((part) => readRange(field, part));
}

const textOrder: readonly FieldName[] = ['second', 'minute', 'hour', 'dayOfWeek', 'dayOfMonth', 'month', 'year'];

/** Reads a calendar whose fields are texts. @throws ServiceError that tells all that is wrong */
export function readFields(texts: Partial<Record<FieldName, string | null | undefined>>): StructuredCalendar {
  const read: StructuredCalendar = {};
  const problems: string[] = [];
  for (const name of textOrder) {
    const field = calendarFields.find((one) => one.name === name);
    if (!field) continue;
    try {
      const ranges = readField(field, texts[name] ?? '');
      if (ranges.length > 0) read[name] = ranges;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      problems.push(error.message.slice(specPrefix.length));
    }
  }
  if (problems.length > 0) throw invalidSpec(problems.join(', '));
  return read;
}

/** Ranges that came as such, with what they leave open written out. */
export const completedRanges = (ranges: readonly Range[] | null | undefined): Range[] =>
  (ranges ?? []).map((range) => {
    const start = range.start ?? 0;
    return { start, end: Math.max(start, range.end ?? 0), step: range.step || 1 };
  });

/** What is wrong with ranges that came as such. */
export function rangeProblems(field: CalendarField, ranges: readonly Range[] | null | undefined): string[] {
  const { title, min } = field;
  const max = field.name === 'dayOfWeek' ? 6 : field.max;
  return (ranges ?? []).flatMap(({ start: from, end: to, step }) => {
    const start = from ?? 0;
    const end = to ?? 0;
    const problems: string[] = [];
    if (start < min || start > max) problems.push(`${title} Start is not in range [${min}-${max}]`);
    if (end !== 0 && (end < start || end > max)) {
      problems.push(`${title} End is before Start or not in range [${min}-${max}]`);
    }
    if ((step ?? 0) < 0) problems.push(`${title} has invalid Step`);
    return problems;
  });
}

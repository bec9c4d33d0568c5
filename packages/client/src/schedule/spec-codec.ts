import { msToTs, optionalDateToTs, optionalTsToDate, optionalTsToMs } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { DAYS_OF_WEEK, MONTHS } from './schedule-spec.ts';
import type {
  CalendarSpec,
  CalendarSpecDescription,
  DayOfWeek,
  LooseRange,
  Month,
  Range,
  ScheduleSpec,
  ScheduleSpecDescription,
} from './schedule-spec.ts';

type RawSpec = temporal.api.schedule.v1.ScheduleSpec;
type RawCalendar = temporal.api.schedule.v1.StructuredCalendarSpec;
type RawRange = temporal.api.schedule.v1.Range;
type Field<Unit> = LooseRange<Unit> | LooseRange<Unit>[] | '*' | undefined;

/** How the values of a field become numbers, and what `*` and no value mean. */
interface FieldRule<Unit extends string | number> {
  readonly name: string;
  readonly toNumber: (value: Unit) => number;
  readonly all: readonly RawRange[];
  readonly byDefault: readonly RawRange[];
}

const same = (value: number): number => value;
const span = (start: number, end: number): RawRange[] => [{ start, end, step: 1 }];
const zero = span(0, 0);

const rules: {
  readonly [Name in 'second' | 'minute' | 'hour' | 'dayOfMonth' | 'year']: FieldRule<number>;
} & { readonly month: FieldRule<Month>; readonly dayOfWeek: FieldRule<DayOfWeek> } = {
  second: { name: 'second', toNumber: same, all: span(0, 59), byDefault: zero },
  minute: { name: 'minute', toNumber: same, all: span(0, 59), byDefault: zero },
  hour: { name: 'hour', toNumber: same, all: span(0, 23), byDefault: zero },
  dayOfMonth: { name: 'dayOfMonth', toNumber: same, all: span(1, 31), byDefault: span(1, 31) },
  year: { name: 'year', toNumber: same, all: [], byDefault: [] },
  month: { name: 'month', toNumber: (value) => numberOf(MONTHS, value) + 1, all: span(1, 12), byDefault: span(1, 12) },
  dayOfWeek: {
    name: 'dayOfWeek',
    toNumber: (value) => numberOf(DAYS_OF_WEEK, value),
    all: span(0, 6),
    byDefault: span(0, 6),
  },
};

/** The spec of the wire. */
export function encodeScheduleSpec(spec: ScheduleSpec): RawSpec {
  return {
    structuredCalendar: spec.calendars?.map(encodeCalendar),
    excludeStructuredCalendar: spec.skip?.map(encodeCalendar),
    interval: spec.intervals?.map(({ every, offset }) => ({ interval: msToTs(every), phase: msToTs(offset ?? 0) })),
    cronString: spec.cronExpressions,
    startTime: optionalDateToTs(spec.startAt),
    endTime: optionalDateToTs(spec.endAt),
    jitter: spec.jitter === undefined ? undefined : msToTs(spec.jitter),
    timezoneName: spec.timezone,
  };
}

/** The spec as the server has it. */
export function decodeScheduleSpec(raw: RawSpec): ScheduleSpecDescription {
  const startAt = optionalTsToDate(raw.startTime);
  const endAt = optionalTsToDate(raw.endTime);
  const jitter = optionalTsToMs(raw.jitter);
  return {
    ...(raw.structuredCalendar && { calendars: raw.structuredCalendar.map(decodeCalendar) }),
    ...(raw.excludeStructuredCalendar && { skip: raw.excludeStructuredCalendar.map(decodeCalendar) }),
    ...(raw.interval && {
      intervals: raw.interval.map(({ interval, phase }) => ({
        every: optionalTsToMs(interval) ?? 0,
        offset: optionalTsToMs(phase) ?? 0,
      })),
    }),
    ...(startAt && { startAt }),
    ...(endAt && { endAt }),
    ...(jitter !== undefined && { jitter }),
    ...(raw.timezoneName ? { timezone: raw.timezoneName } : {}),
  };
}

function encodeCalendar(calendar: CalendarSpec): RawCalendar {
  return {
    second: encodeField(rules.second, calendar.second),
    minute: encodeField(rules.minute, calendar.minute),
    hour: encodeField(rules.hour, calendar.hour),
    dayOfMonth: encodeField(rules.dayOfMonth, calendar.dayOfMonth),
    month: encodeField(rules.month, calendar.month),
    year: encodeField(rules.year, calendar.year),
    dayOfWeek: encodeField(rules.dayOfWeek, calendar.dayOfWeek),
    comment: calendar.comment,
  };
}

function encodeField<Unit extends string | number>(rule: FieldRule<Unit>, field: Field<Unit>): RawRange[] {
  if (field === undefined) return [...rule.byDefault];
  if (field === '*') return [...rule.all];
  return (Array.isArray(field) ? field : [field]).map((range) => encodeRange(rule, range));
}

function encodeRange<Unit extends string | number>(rule: FieldRule<Unit>, range: LooseRange<Unit>): RawRange {
  const loose: { start: Unit; end?: Unit; step?: number } = typeof range === 'object' ? range : { start: range };
  const { start, end, step = 1 } = loose;
  const numbers = { start: rule.toNumber(start), end: rule.toNumber(end ?? start), step };
  const { start: least = 0, end: most = Number.POSITIVE_INFINITY } = rule.all[0] ?? {};
  const isValid = [numbers.start, numbers.end].every((at) => at >= (least ?? 0) && at <= (most ?? 0));
  if (isValid && Object.values(numbers).every(Number.isInteger)) return numbers;
  const shown = typeof range === 'object' ? JSON.stringify(range) : `'${range}'`;
  throw new TypeError(
    `Invalid CalendarSpec component for field ${rule.name}: ${shown} of type '${typeof range}'; expected ${expected(rule)}`,
  );
}

function expected<Unit extends string | number>({ name, all }: FieldRule<Unit>): string {
  if (name === 'month') return MONTHS.join(', ');
  if (name === 'dayOfWeek') return DAYS_OF_WEEK.join(', ');
  const { start = 0, end } = all[0] ?? {};
  return end === undefined ? 'a whole number' : `a whole number from ${start ?? 0} to ${end ?? 0}`;
}

/** The place among the names; NaN for what is none. */
function numberOf(names: readonly string[], value: string): number {
  const index = names.indexOf(value);
  return index < 0 ? Number.NaN : index;
}

function decodeCalendar(raw: RawCalendar): CalendarSpecDescription {
  return {
    second: decodeRanges(raw.second, same),
    minute: decodeRanges(raw.minute, same),
    hour: decodeRanges(raw.hour, same),
    dayOfMonth: decodeRanges(raw.dayOfMonth, same),
    month: decodeRanges(raw.month, (number) => MONTHS[number - 1] ?? 'JANUARY'),
    year: decodeRanges(raw.year, same),
    // Both 0 and 7 are Sunday.
    dayOfWeek: decodeRanges(raw.dayOfWeek, (number) => DAYS_OF_WEEK[number % 7] ?? 'SUNDAY'),
    comment: raw.comment ?? '',
  };
}

function decodeRanges<Unit>(
  ranges: readonly RawRange[] | null | undefined,
  fromNumber: (value: number) => Unit,
): Range<Unit>[] {
  return (ranges ?? []).map(({ start, end, step }) => {
    const first = start ?? 0;
    return { start: fromNumber(first), end: fromNumber(Math.max(end ?? 0, first)), step: Math.max(step ?? 1, 1) };
  });
}

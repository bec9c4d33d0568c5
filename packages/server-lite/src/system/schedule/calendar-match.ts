/** Finds local times that a calendar matches. A local time is seconds since the epoch as if it were UTC. */
import { calendarFields, type FieldName, type StructuredCalendar } from './calendar-fields.ts';

export interface CalendarMatch {
  /** The first match at or after this local time. */
  nextLocal(local: number): number | undefined;
  matches(local: number): boolean;
}

type Matchers = Readonly<Record<FieldName, (value: number) => boolean>>;

const lastYear = 2100;

function matcherOf(calendar: StructuredCalendar, name: FieldName): (value: number) => boolean {
  const ranges = calendar[name] ?? [];
  if (name === 'year' && ranges.length === 0) return () => true;
  const values = new Set<number>();
  for (const { start, end, step } of ranges) {
    for (let value = start ?? 0; value <= Math.max(start ?? 0, end ?? 0); value += step || 1) values.add(value);
  }
  return (value) => values.has(value);
}

/** A field without ranges matches nothing, except the year. */
export function calendarMatch(calendar: StructuredCalendar): CalendarMatch {
  const entries = calendarFields.map(({ name }) => [name, matcherOf(calendar, name)]);
  const match = Object.fromEntries(entries) as Matchers;
  const isEmpty = calendarFields.some(({ name }) => name !== 'year' && !calendar[name]?.length);
  const dayMatches = (date: Date): boolean => match.dayOfMonth(date.getUTCDate()) && match.dayOfWeek(date.getUTCDay());
  return {
    matches(local) {
      const date = new Date(local * 1000);
      return (
        !isEmpty &&
        match.year(date.getUTCFullYear()) &&
        match.month(date.getUTCMonth() + 1) &&
        dayMatches(date) &&
        match.hour(date.getUTCHours()) &&
        match.minute(date.getUTCMinutes()) &&
        match.second(date.getUTCSeconds())
      );
    },
    nextLocal: (local) => (isEmpty ? undefined : search(match, dayMatches, local)),
  };
}

/** From the largest unit to the smallest: what does not match moves on to the start of the next of its kind. */
function search(match: Matchers, dayMatches: (date: Date) => boolean, from: number): number | undefined {
  let date = new Date(from * 1000);
  for (;;) {
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
    const [hour, minute, second] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
    if (year > lastYear) return undefined;
    if (!match.year(year)) date = new Date(Date.UTC(year + 1, 0, 1));
    else if (!match.month(month + 1)) date = new Date(Date.UTC(year, month + 1, 1));
    else if (!dayMatches(date)) date = new Date(Date.UTC(year, month, day + 1));
    else if (!match.hour(hour)) date = new Date(Date.UTC(year, month, day, hour + 1));
    else if (!match.minute(minute)) date = new Date(Date.UTC(year, month, day, hour, minute + 1));
    else if (!match.second(second)) date = new Date(Date.UTC(year, month, day, hour, minute, second + 1));
    else return Math.floor(date.getTime() / 1000);
  }
}

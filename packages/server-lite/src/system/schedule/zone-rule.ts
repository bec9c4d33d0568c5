/** The rule at the end of a compiled time zone: how offsets change after its last listed change, such as `CET-1CEST,M3.5.0,M10.5.0/3`. */

interface YearDay {
  readonly kind: 'weekdayOfMonth' | 'dayWithoutLeap' | 'day';
  /** Month, week and weekday; or the day of the year alone. */
  readonly numbers: readonly number[];
  /** Seconds after midnight of the local time that is left. */
  readonly seconds: number;
}

const name = String.raw`(?:<[^>]+>|[A-Za-z]{3,})`;
const clock = String.raw`[+-]?\d{1,3}(?::\d{1,2}){0,2}`;
const rulePattern = new RegExp(`^${name}(${clock})(?:${name}(${clock})?(?:,([^,]+),([^,]+))?)?$`);
const dayPattern = new RegExp(String.raw`^(?:M(\d+)\.(\d+)\.(\d+)|J(\d+)|(\d+))(?:/(${clock}))?$`);
const usualTime = 2 * 3600;
/** Of those who give none: the second Sunday of March to the first of November. */
const usualDays = ['M3.2.0', 'M11.1.0'] as const;
const daySeconds = 86_400;

function secondsOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  return sign * (hours * 3600 + minutes * 60 + seconds);
}

function yearDay(text: string): YearDay | undefined {
  const [, month, week, weekday, dayWithoutLeap, day, time] = dayPattern.exec(text) ?? [];
  const seconds = time === undefined ? usualTime : secondsOf(time);
  if (month !== undefined) return { kind: 'weekdayOfMonth', numbers: [month, week, weekday].map(Number), seconds };
  if (dayWithoutLeap !== undefined) return { kind: 'dayWithoutLeap', numbers: [Number(dayWithoutLeap)], seconds };
  return day === undefined ? undefined : { kind: 'day', numbers: [Number(day)], seconds };
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The local time of the change in a year, as seconds since the epoch as if it were UTC. */
function changeIn(year: number, { kind, numbers, seconds }: YearDay): number {
  const startOfYear = Date.UTC(year, 0, 1) / 1000;
  const [first = 0, week = 1, weekday = 0] = numbers;
  if (kind === 'day') return startOfYear + first * daySeconds + seconds;
  if (kind === 'dayWithoutLeap') {
    const leapDay = isLeap(year) && first >= 60 ? 1 : 0;
    return startOfYear + (first - 1 + leapDay) * daySeconds + seconds;
  }
  const startOfMonth = Date.UTC(year, first - 1, 1) / 1000;
  const daysOfMonth = new Date(Date.UTC(year, first, 0)).getUTCDate();
  const firstMatch = (weekday - new Date(startOfMonth * 1000).getUTCDay() + 7) % 7;
  let day = firstMatch + (week - 1) * 7;
  while (day >= daysOfMonth) day -= 7;
  return startOfMonth + day * daySeconds + seconds;
}

/** @returns the offset from UTC by this rule, in seconds; undefined when the text is no rule */
export function zoneRule(text: string): ((utc: number) => number) | undefined {
  const [whole, standardText = '', summerText, startText, endText] = rulePattern.exec(text) ?? [];
  if (whole === undefined) return undefined;
  // The texts say how far UTC is ahead.
  const standard = 0 - secondsOf(standardText);
  if (new RegExp(`^${name}${clock}$`).test(text)) return () => standard;
  const summer = summerText === undefined ? standard + 3600 : 0 - secondsOf(summerText);
  const [start, end] = [startText ?? usualDays[0], endText ?? usualDays[1]].map(yearDay);
  if (!start || !end) return undefined;
  return (utc) => {
    const year = new Date((utc + standard) * 1000).getUTCFullYear();
    const from = changeIn(year, start) - standard;
    const to = changeIn(year, end) - summer;
    const isSummer = from <= to ? utc >= from && utc < to : utc >= from || utc < to;
    return isSummer ? summer : standard;
  };
}

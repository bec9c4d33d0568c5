/** Cron schedules of workflows: five fields, names such as `@daily`, `@every 1h`, a zone in front as `CRON_TZ=Europe/Berlin`. */
import { calendarMatch } from './schedule/calendar-match.ts';
import { calendarFields, readField, type StructuredCalendar } from './schedule/calendar-fields.ts';
import { parseDurationMs } from './dynamic-config.ts';
import { timeZone } from './schedule/time-zone.ts';
import { nextInZone } from './schedule/spec-times.ts';

export interface Cron {
  /** What is wrong with a schedule, or undefined. */
  problem(text: string, nowMs: number): string | undefined;
  /** Undefined when it is never due, or is no schedule. */
  nextMs(text: string, afterMs: number): number | undefined;
}

const named: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const order = ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'] as const;

type Next = (afterMs: number) => number | undefined;

/** A day matches when either of its fields does, if both are restricted. */
function calendarsOf(words: readonly string[]): StructuredCalendar[] {
  const whole: StructuredCalendar = { second: [{ start: 0, end: 0, step: 1 }] };
  for (const field of calendarFields) {
    const place = order.indexOf(field.name as (typeof order)[number]);
    const narrowed = field.name === 'dayOfWeek' ? { ...field, max: 6 } : field;
    if (place >= 0) whole[field.name] = readField(narrowed, (words[place] ?? '').replaceAll('?', '*'));
  }
  const isFree = (word: string | undefined): boolean => word === undefined || word.startsWith('*') || word === '?';
  if (isFree(words[2]) || isFree(words[4])) return [whole];
  const everyDay = [{ start: 1, end: 31, step: 1 }];
  const everyWeekday = [{ start: 0, end: 6, step: 1 }];
  return [
    { ...whole, dayOfWeek: everyWeekday },
    { ...whole, dayOfMonth: everyDay },
  ];
}

function parse(text: string): Next | undefined {
  const zoneMatch = /^(?:CRON_TZ|TZ)=(\S+)\s+/.exec(text.trim());
  const zone = timeZone(zoneMatch?.[1] ?? 'UTC');
  const plain = text
    .trim()
    .slice(zoneMatch?.[0].length ?? 0)
    .trim();
  if (!zone) return undefined;
  if (plain.startsWith('@every ')) {
    // A duration below zero is one below a second, which is the shortest there is.
    const everyMs = parseDurationMs(plain.slice('@every '.length).trim().replace(/^-/, ''));
    if (everyMs === undefined) return undefined;
    const isNegative = plain.slice('@every '.length).trim().startsWith('-');
    const stepMs = isNegative ? 1000 : Math.max(1000, Math.floor(everyMs / 1000) * 1000);
    return (afterMs) => Math.floor(afterMs / 1000) * 1000 + stepMs;
  }
  const words = (named[plain] ?? plain).split(/\s+/);
  if (words.length !== 5) return undefined;
  try {
    const matches = calendarsOf(words).map(calendarMatch);
    return (afterMs) => {
      const found = matches.flatMap((match) => nextInZone(match, zone, Math.floor(afterMs / 1000)) ?? []);
      return found.length === 0 ? undefined : Math.min(...found) * 1000;
    };
  } catch {
    return undefined;
  }
}

export function createCron(): Cron {
  const parsed = new Map<string, Next | undefined>();
  const read = (text: string): Next | undefined => {
    if (!parsed.has(text)) parsed.set(text, parse(text));
    return parsed.get(text);
  };
  return {
    problem(text, nowMs) {
      const next = read(text);
      if (!next) return 'invalid CronSchedule.';
      return next(nowMs) === undefined
        ? 'invalid CronSchedule, no time can be found to satisfy the schedule'
        : undefined;
    },
    nextMs: (text, afterMs) => read(text)?.(afterMs),
  };
}

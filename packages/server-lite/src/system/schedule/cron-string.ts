import type { temporal } from '@reprise/proto';
import { duration } from '../../execution/wire.ts';
import { parseDurationMs } from '../dynamic-config.ts';
import { type FieldName, invalidSpec, readFields, type StructuredCalendar } from './calendar-fields.ts';

export interface CronMeaning {
  readonly calendar?: StructuredCalendar;
  readonly interval?: temporal.api.schedule.v1.IntervalSpec;
  readonly zone?: string;
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

const fieldOrder: Readonly<Record<number, readonly FieldName[]>> = {
  5: ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'],
  6: ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek', 'year'],
  7: ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek', 'year'],
};

function readEvery(text: string): CronMeaning {
  const [, given] = /^@every\s+(.*)$/.exec(text) ?? [];
  if (given === undefined) throw invalidSpec('CronString does not have interval after @every');
  const [every = '', phase] = given.split('/');
  const interval = { interval: readDuration(every) };
  return { interval: phase ? { ...interval, phase: readDuration(phase) } : interval };
}

function readDuration(text: string): ReturnType<typeof duration> {
  const ms = parseDurationMs(text);
  if (ms === undefined) throw invalidSpec(`time: ${durationProblem(text)} duration ${JSON.stringify(text)}`);
  return duration(ms);
}

const units: ReadonlySet<string> = new Set(['ns', 'us', 'µs', 'μs', 'ms', 's', 'm', 'h']);

/** What is wrong with the first part that is. */
function durationProblem(text: string): string {
  let rest = text.replace(/^[-+]/, '');
  while (rest !== '') {
    const [number] = /^(\d+\.?\d*|\.\d+)/.exec(rest) ?? [];
    if (number === undefined) break;
    const [unit = ''] = /^[^.\d]*/.exec(rest.slice(number.length)) ?? [];
    if (unit === '') return 'missing unit in';
    if (!units.has(unit)) return `unknown unit ${JSON.stringify(unit)} in`;
    rest = rest.slice(number.length + unit.length);
  }
  return 'invalid';
}

/** Five to seven fields, `@daily` and its like, or `@every 1h/5m`; `CRON_TZ=zone` before, `# comment` behind. */
export function readCronString(text: string): CronMeaning {
  const [withZone = '', ...commentParts] = text.split('#');
  const comment = commentParts.join('#').trim();
  const zoneMatch = /^\s*(?:CRON_TZ|TZ)=(\S+)\s+/.exec(withZone);
  const zone = zoneMatch?.[1] === undefined ? {} : { zone: zoneMatch[1] };
  const plain = withZone.slice(zoneMatch?.[0].length ?? 0).trim();
  if (plain.startsWith('@every')) return readEvery(plain);
  const words = (named[plain] ?? plain).split(/\s+/);
  const order = fieldOrder[words.length];
  if (!order) throw invalidSpec('CronString does not have 5-7 fields');
  const fields = readFields(Object.fromEntries(order.map((name, place) => [name, words[place]])));
  const calendar: StructuredCalendar = comment === '' ? fields : { ...fields, comment };
  return { ...zone, calendar };
}

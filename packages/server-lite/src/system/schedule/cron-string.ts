import type { temporal } from '@reprise/proto';
import { parseDurationMs } from '../dynamic-config.ts';
import { calendarFields, type FieldName, invalidSpec, readField, type StructuredCalendar } from './calendar-fields.ts';

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
  const [every = '', phase] = text.trim().split('/');
  const intervalMs = parseDurationMs(every);
  const phaseMs = phase === undefined ? 0 : parseDurationMs(phase);
  if (intervalMs === undefined || phaseMs === undefined)
    throw invalidSpec(`invalid duration in @every: ${text.trim()}`);
  const interval = { interval: { seconds: Math.floor(intervalMs / 1000) } };
  return { interval: phaseMs ? { ...interval, phase: { seconds: Math.floor(phaseMs / 1000) } } : interval };
}

/** Five to seven fields, `@daily` and its like, or `@every 1h/5m`; `CRON_TZ=zone` before, `# comment` behind. */
export function readCronString(text: string): CronMeaning {
  const [withZone = '', ...commentParts] = text.split('#');
  const comment = commentParts.join('#').trim();
  const zoneMatch = /^\s*(?:CRON_TZ|TZ)=(\S+)\s+/.exec(withZone);
  const zone = zoneMatch?.[1] === undefined ? {} : { zone: zoneMatch[1] };
  const plain = withZone.slice(zoneMatch?.[0].length ?? 0).trim();
  if (plain.startsWith('@every')) return { ...zone, ...readEvery(plain.slice('@every'.length)) };
  const words = (named[plain.toLowerCase()] ?? plain).split(/\s+/);
  const order = fieldOrder[words.length];
  if (!order) throw invalidSpec('CronString does not have 5-7 fields');
  const calendar: StructuredCalendar = comment === '' ? {} : { comment };
  for (const field of calendarFields) {
    const place = order.indexOf(field.name);
    const ranges = readField(field, place < 0 ? field.missing : (words[place] ?? ''));
    if (ranges.length > 0) calendar[field.name] = ranges;
  }
  return { ...zone, calendar };
}

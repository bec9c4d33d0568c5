/** When a schedule acts. Decides from its spec alone: no clock. Times are ms since the epoch, nominal ones whole seconds. */
import { fromDuration, fromTimestamp } from '../../rpc/wire-time.ts';
import { calendarMatch, type CalendarMatch } from './calendar-match.ts';
import type { ScheduleSpec } from './canonical-spec.ts';
import { fingerprint32 } from '../fingerprint.ts';
import { timeZone, type TimeZone } from './time-zone.ts';
import { zoneOfSpec } from './zone-of-spec.ts';

export interface ActionTime {
  /** What the spec says. */
  readonly nominalMs: number;
  /** With jitter. */
  readonly actualMs: number;
}

export interface SpecTimes {
  /** The first action whose nominal time is after this. */
  next(afterMs: number): ActionTime | undefined;
}

const utc = timeZone('UTC');

/**
 * @param spec in canonical form
 * @param seed spreads the jitter of schedules: the same seed gives the same times
 */
export function specTimes(spec: ScheduleSpec, seed: string): SpecTimes {
  const zone = zoneOfSpec(spec) ?? utc;
  const calendars = (spec.structuredCalendar ?? []).map(calendarMatch);
  const excludes = (spec.excludeStructuredCalendar ?? []).map(calendarMatch);
  const intervals = (spec.interval ?? []).map((interval) => ({
    seconds: interval.interval?.seconds ?? 0,
    phase: interval.phase?.seconds ?? 0,
  }));
  const startMs = spec.startTime ? fromTimestamp(spec.startTime) : undefined;
  const endMs = spec.endTime ? fromTimestamp(spec.endTime) : undefined;
  const jitterMs = fromDuration(spec.jitter);

  const rawNext = (after: number): number | undefined => {
    // The service divides whole numbers, which loses the time before the first phase of all.
    const found = intervals.map(({ seconds, phase }) => (Math.trunc((after - phase) / seconds) + 1) * seconds + phase);
    for (const calendar of calendars) {
      const next = zone && nextInZone(calendar, zone, after);
      if (next !== undefined) found.push(next);
    }
    return found.length === 0 ? undefined : Math.min(...found);
  };
  const isExcluded = (at: number): boolean =>
    zone !== undefined && excludes.some((calendar) => calendar.matches(at + zone.offsetAt(at)));

  return {
    next(afterMs) {
      const fromMs = startMs !== undefined && afterMs < startMs ? startMs - 1000 : afterMs;
      let nominal: number | undefined = Math.floor(fromMs / 1000);
      do nominal = rawNext(nominal);
      while (nominal !== undefined && isExcluded(nominal) && (endMs === undefined || nominal * 1000 <= endMs));
      if (nominal === undefined || (endMs !== undefined && nominal * 1000 > endMs)) return undefined;
      const following = rawNext(nominal);
      const roomMs = following === undefined ? jitterMs : Math.min(jitterMs, (following - nominal) * 1000);
      return { nominalMs: nominal * 1000, actualMs: nominal * 1000 + jitterOf(nominal, seed, roomMs) };
    },
  };
}

/** Within a span of one offset local time runs evenly; where the offset changes, the search starts again. */
export function nextInZone(calendar: CalendarMatch, zone: TimeZone, after: number): number | undefined {
  let from = after + 1;
  for (;;) {
    const offset = zone.offsetAt(from);
    const local = calendar.nextLocal(from + offset);
    if (local === undefined) return undefined;
    const found = local - offset;
    const change = zone.nextChange(from);
    if (change === undefined || found < change) return found;
    from = change;
  }
}

function jitterOf(nominal: number, seed: string, rangeMs: number): number {
  const range = Math.min(Math.floor(rangeMs), 0xffffffff);
  if (range <= 0) return 0;
  const bytes = Buffer.concat([binaryTime(nominal), Buffer.from(seed)]);
  return Number((BigInt(fingerprint32(bytes)) * BigInt(range)) >> 32n);
}

/** A UTC time as other servers of this protocol serialize it: version, seconds since the year 1, nanoseconds, zone. */
function binaryTime(seconds: number): Buffer {
  const secondsFromYearOne = 62_135_596_800n;
  const bytes = Buffer.alloc(15);
  bytes.writeUInt8(1, 0);
  bytes.writeBigInt64BE(BigInt(seconds) + secondsFromYearOne, 1);
  bytes.writeInt16BE(-1, 13);
  return bytes;
}

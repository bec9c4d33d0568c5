/** Offsets from UTC, and when they change. Times are seconds since the epoch. */

export interface TimeZone {
  /** Local time minus UTC, in seconds. */
  offsetAt(utc: number): number;
  /** The first instant after this one at which another offset holds; undefined when there is none for two years. */
  nextChange(utc: number): number | undefined;
}

const utcZone: TimeZone = { offsetAt: () => 0, nextChange: () => undefined };
const zones = new Map<string, TimeZone | undefined>();
const daySeconds = 86_400;

/** Undefined for a name that no time zone has. */
export function timeZone(name: string): TimeZone | undefined {
  if (name === '' || name === 'UTC' || name === 'Etc/UTC') return utcZone;
  if (!zones.has(name)) zones.set(name, openZone(name));
  return zones.get(name);
}

function openZone(name: string): TimeZone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  const offsetAt = (utc: number): number => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(utc * 1000)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - utc;
  };
  return zoneOfOffsets(offsetAt);
}

/** The zone that has these offsets; when they change is found by looking at them. */
export function zoneOfOffsets(offsetAt: (utc: number) => number): TimeZone {
  const changesOfYear = new Map<number, readonly number[]>();
  const changesIn = (year: number): readonly number[] => {
    let changes = changesOfYear.get(year);
    if (!changes) changesOfYear.set(year, (changes = findChanges(offsetAt, year)));
    return changes;
  };
  return {
    offsetAt,
    nextChange(utc) {
      const year = new Date(utc * 1000).getUTCFullYear();
      return [year, year + 1].flatMap(changesIn).find((change) => change > utc);
    },
  };
}

/** Looks every ten days, and halves the span where the offset differs. */
function findChanges(offsetAt: (utc: number) => number, year: number): number[] {
  const changes: number[] = [];
  const end = Date.UTC(year + 1, 0, 1) / 1000;
  let from = Date.UTC(year, 0, 1) / 1000 - 1;
  let fromOffset = offsetAt(from);
  while (from < end - 1) {
    const to = Math.min(from + 10 * daySeconds, end - 1);
    const toOffset = offsetAt(to);
    if (toOffset !== fromOffset) {
      let [low, high] = [from, to];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (offsetAt(middle) === fromOffset) low = middle;
        else high = middle;
      }
      changes.push(high);
    }
    [from, fromOffset] = [to, toOffset];
  }
  return changes;
}

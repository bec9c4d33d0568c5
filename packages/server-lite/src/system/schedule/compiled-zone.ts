/** Time zones in the compiled form of the IANA database (RFC 8536), which schedules may carry instead of a name. */
import { type TimeZone, zoneOfOffsets } from './time-zone.ts';
import { zoneRule } from './zone-rule.ts';

const headerBytes = 44;
const versionAt = 4;
const countsAt = 20;

/** In the order in which the header has them. */
interface Counts {
  readonly utcFlags: number;
  readonly standardFlags: number;
  readonly leaps: number;
  readonly changes: number;
  readonly types: number;
  readonly letters: number;
}

function countsOf(data: DataView, at: number): Counts {
  const [utcFlags = 0, standardFlags = 0, leaps = 0, changes = 0, types = 0, letters = 0] = Array.from(
    { length: 6 },
    (_, index) => data.getUint32(at + countsAt + index * 4),
  );
  return { utcFlags, standardFlags, leaps, changes, types, letters };
}

const typeBytes = 6;
const bodyBytes = ({ utcFlags, standardFlags, leaps, changes, types, letters }: Counts, timeBytes: number): number =>
  changes * (timeBytes + 1) + types * typeBytes + letters + leaps * (timeBytes + 4) + standardFlags + utcFlags;

/** @returns undefined when the bytes are no time zone */
export function compiledZone(bytes: Uint8Array): TimeZone | undefined {
  try {
    return readZone(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // What it counts is not all there.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readZone(data: DataView): TimeZone | undefined {
  const magic = textAt(data, 0, versionAt);
  const version = textAt(data, versionAt, versionAt + 1);
  if (magic !== 'TZif' || !['\0', '2', '3'].includes(version)) return undefined;
  // Later versions repeat everything with times of 64 bits, and end with a rule.
  const isLong = version !== '\0';
  const timeBytes = isLong ? 8 : 4;
  const start = isLong ? headerBytes + bodyBytes(countsOf(data, 0), 4) : 0;
  const counts = countsOf(data, start);
  const body = start + headerBytes;
  const end = body + bodyBytes(counts, timeBytes);
  if (counts.types === 0 || end > data.byteLength) return undefined;
  const typesAt = body + counts.changes * (timeBytes + 1);
  const offsets = Array.from({ length: counts.types }, (_, type) => data.getInt32(typesAt + type * typeBytes));
  const times = Array.from({ length: counts.changes }, (_, index) =>
    isLong ? Number(data.getBigInt64(body + index * timeBytes)) : data.getInt32(body + index * timeBytes),
  );
  const typeOf = (index: number): number => data.getUint8(body + counts.changes * timeBytes + index);
  if (times.some((_, index) => typeOf(index) >= counts.types)) return undefined;
  const footer = isLong ? textAt(data, end, data.byteLength) : '';
  const rule = /^\n.+\n$/.test(footer) ? zoneRule(footer.trim()) : undefined;
  return zoneOfOffsets((utc) => {
    const last = lastAtOrBefore(times, utc);
    if (rule && last === times.length - 1) return rule(utc);
    return offsets[last < 0 ? 0 : typeOf(last)] ?? 0;
  });
}

function textAt(data: DataView, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(data.getUint8(at));
  return text;
}

/** @returns -1 when all are later */
function lastAtOrBefore(times: readonly number[], utc: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= utc) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

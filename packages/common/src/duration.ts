import { ValueError } from './errors.ts';

type Unit =
  | 'Years'
  | 'Year'
  | 'Yrs'
  | 'Yr'
  | 'Y'
  | 'Weeks'
  | 'Week'
  | 'W'
  | 'Days'
  | 'Day'
  | 'D'
  | 'Hours'
  | 'Hour'
  | 'Hrs'
  | 'Hr'
  | 'H'
  | 'Minutes'
  | 'Minute'
  | 'Mins'
  | 'Min'
  | 'M'
  | 'Seconds'
  | 'Second'
  | 'Secs'
  | 'Sec'
  | 's'
  | 'Milliseconds'
  | 'Millisecond'
  | 'Msecs'
  | 'Msec'
  | 'Ms';
type UnitAnyCase = Unit | Uppercase<Unit> | Lowercase<Unit>;

/** A length of time as text, such as `'30 seconds'`, `'1.5h'` or `'250ms'`; a bare number counts milliseconds. */
export type StringValue = `${number}` | `${number}${UnitAnyCase}` | `${number} ${UnitAnyCase}`;

/**
 * A length of time: a number of milliseconds, or text such as `'30 seconds'`. Editors offer the forms of text; any string is
 * taken, since the type of `{ every: '1h' }` on its own is no more than that. What is no length of time is refused when used.
 */
export type Duration = StringValue | (string & Record<never, never>) | number;

/** Timestamp and Duration of the wire: whole seconds and the nanoseconds past them. */
export interface Timestamp {
  seconds?: number | null | undefined;
  nanos?: number | null | undefined;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PATTERN =
  /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i;

function msOfUnit(unit: string): number {
  if (unit.startsWith('ms') || unit.startsWith('mil')) return 1;
  switch (unit.charAt(0)) {
    case 's':
      return SECOND;
    case 'm':
      return MINUTE;
    case 'h':
      return HOUR;
    case 'd':
      return DAY;
    case 'w':
      return 7 * DAY;
    default:
      return 365.25 * DAY;
  }
}

function parseDuration(text: string): number {
  const match = text.length > 100 ? null : PATTERN.exec(text);
  const amount = match?.[1];
  if (amount === undefined) throw new TypeError(`Invalid duration string: '${text}'`);
  return Number.parseFloat(amount) * msOfUnit((match?.[2] ?? 'ms').toLowerCase());
}

/**
 * The milliseconds of a duration.
 *
 * @throws TypeError when the text is not a duration
 * @example msToNumber('30 seconds') === 30_000
 */
export function msToNumber(duration: Duration): number {
  return typeof duration === 'number' ? duration : parseDuration(duration);
}

/** Like `msToNumber`, but undefined and null stay undefined. */
export function msOptionalToNumber(duration: Duration | undefined | null): number | undefined {
  return duration === undefined || duration === null ? undefined : msToNumber(duration);
}

/** The Timestamp or Duration of the wire for a number of milliseconds. */
export function msNumberToTs(ms: number): { seconds: number; nanos: number } {
  const seconds = Math.floor(ms / 1000);
  const nanos = Math.round((ms - seconds * 1000) * 1e6);
  if (Number.isNaN(seconds) || Number.isNaN(nanos)) throw new ValueError(`Invalid millis ${ms}`);
  return { seconds, nanos };
}

/** The Timestamp or Duration of the wire for a duration. */
export function msToTs(duration: Duration): { seconds: number; nanos: number } {
  return msNumberToTs(msToNumber(duration));
}

/** Like `msToTs`, but undefined and null stay undefined. */
export function msOptionalToTs(duration: Duration | undefined | null): { seconds: number; nanos: number } | undefined {
  return duration === undefined || duration === null ? undefined : msToTs(duration);
}

/** Milliseconds of a Timestamp or Duration of the wire. Throws when it is absent. */
export function tsToMs(ts: Timestamp | null | undefined): number {
  if (ts === undefined || ts === null) throw new Error(`Expected timestamp, got ${String(ts)}`);
  return Number(ts.seconds ?? 0) * 1000 + Math.floor((ts.nanos ?? 0) / 1e6);
}

/** Like `tsToMs`, but an absent one gives undefined. */
export function optionalTsToMs(ts: Timestamp | null | undefined): number | undefined {
  return ts === undefined || ts === null ? undefined : tsToMs(ts);
}

/** Like `tsToMs`, for a field that the server always fills; `fieldName` is named in the error. */
export function requiredTsToMs(ts: Timestamp | null | undefined, fieldName: string): number {
  if (ts === undefined || ts === null)
    throw new TypeError(`Expected ${fieldName} to be a timestamp, got ${String(ts)}`);
  return tsToMs(ts);
}

/** The Date of a Timestamp. Throws when it is absent. */
export function tsToDate(ts: Timestamp): Date {
  return new Date(tsToMs(ts));
}

/** Like `tsToDate`, but an absent one gives undefined. */
export function optionalTsToDate(ts: Timestamp | null | undefined): Date | undefined {
  return ts === undefined || ts === null ? undefined : tsToDate(ts);
}

/** Like `tsToDate`, for a field that the server always fills. */
export function requiredTsToDate(ts: Timestamp | null | undefined, fieldName: string): Date {
  return new Date(requiredTsToMs(ts, fieldName));
}

/** The Timestamp of a Date; undefined stays undefined. */
export function optionalDateToTs(date: Date | null | undefined): { seconds: number; nanos: number } | undefined {
  return date === undefined || date === null ? undefined : msNumberToTs(date.getTime());
}

export interface SecondsAndNanos {
  seconds?: number;
  nanos?: number;
}

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\d*(?:[Zz]|([+-])(\d\d):?(\d\d))$/;
const DURATION = /^([+-]?)(\d+)?(?:\.(\d{1,9}))?s$/;
const FIRST_SECOND = -62135596800;
const LAST_SECOND = 253402300799;
const LONGEST_SECONDS = 315576000000;

/** Absent zeros, as a decoded message has them. */
export function secondsAndNanos(seconds: number, nanos: number): SecondsAndNanos {
  if (seconds === 0) return nanos === 0 ? {} : { nanos };
  return nanos === 0 ? { seconds } : { seconds, nanos };
}

/** Undefined when the text is not an RFC 3339 time. */
export function parseTimestamp(text: string): SecondsAndNanos | undefined {
  const known = usualTimestamp(text);
  if (known !== undefined) return known;
  const parts = TIMESTAMP.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = parts;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  if (date.getUTCMonth() !== Number(month) - 1 || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60 * (sign === '-' ? -1 : 1);
  return secondsAndNanos(Math.floor(date.getTime() / 1000) - offset, nanosOf(fraction));
}

/** The form in which servers write times, `2026-01-31T12:00:00.123456789Z`; undefined for any other. */
function usualTimestamp(text: string): SecondsAndNanos | undefined {
  const { length } = text;
  if (length < 20 || length > 30 || text.charCodeAt(length - 1) !== 0x5a || text.charCodeAt(10) !== 0x54)
    return undefined;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return undefined;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  // Days that some months do not have, and seconds that some minutes do not have, are left to the calendar.
  const isPlain = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour >= 0 && hour <= 23;
  if (!isPlain || !(minute >= 0 && minute <= 59 && second >= 0 && second <= 59)) return undefined;
  if (length === 20) return secondsAndNanos(Date.UTC(year, month - 1, day, hour, minute, second) / 1000, 0);
  const fraction = digits(text, 20, length - 1);
  if (text.charCodeAt(19) !== POINT || !(fraction >= 0)) return undefined;
  const nanos = fraction * (POWERS[30 - length] ?? 1);
  return secondsAndNanos(Date.UTC(year, month - 1, day, hour, minute, second) / 1000, nanos);
}

const DASH = 0x2d;
const COLON = 0x3a;
const POINT = 0x2e;
/** By how many of nine digits a fraction lacks. */
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

/** NaN when there is anything but digits, or nothing. */
function digits(text: string, start: number, end: number): number {
  let value = start < end ? 0 : Number.NaN;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Undefined when the text is not seconds with an `s`, such as `1.5s`. */
export function parseDuration(text: string): SecondsAndNanos | undefined {
  const parts = DURATION.exec(text);
  if (parts === null) return undefined;
  const [, sign, whole, fraction = ''] = parts;
  if (whole === undefined && fraction === '') return undefined;
  const seconds = Number(whole ?? '0');
  if (seconds > LONGEST_SECONDS) return undefined;
  const nanos = nanosOf(fraction);
  // Subtracted from zero, so that nothing becomes -0.
  return sign === '-' ? secondsAndNanos(0 - seconds, 0 - nanos) : secondsAndNanos(seconds, nanos);
}

/** Undefined when JSON has no text for it (years 1 to 9999). */
export function formatTimestamp({ seconds, nanos }: SecondsAndNanos): string | undefined {
  const whole = Number(seconds ?? 0);
  if (!(whole >= FIRST_SECOND && whole <= LAST_SECOND)) return undefined;
  return `${new Date(whole * 1000).toISOString().slice(0, 19)}${fractionOf(nanos ?? 0)}Z`;
}

export function formatDuration(duration: SecondsAndNanos): string {
  const seconds = Number(duration.seconds ?? 0);
  const nanos = duration.nanos ?? 0;
  const sign = seconds < 0 || nanos < 0 ? '-' : '';
  return `${sign}${Math.abs(seconds)}${fractionOf(Math.abs(nanos))}s`;
}

function nanosOf(fraction: string): number {
  return fraction === '' ? 0 : Number(fraction.padEnd(9, '0'));
}

/** Nothing, or 3, 6 or 9 digits, as every implementation writes it. */
function fractionOf(nanos: number): string {
  if (nanos === 0) return '';
  const digits = String(nanos).padStart(9, '0');
  if (digits.endsWith('000000')) return `.${digits.slice(0, 3)}`;
  return digits.endsWith('000') ? `.${digits.slice(0, 6)}` : `.${digits}`;
}

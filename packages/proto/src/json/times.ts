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
  return { ...(seconds === 0 ? {} : { seconds }), ...(nanos === 0 ? {} : { nanos }) };
}

/** Undefined when the text is not an RFC 3339 time. */
export function parseTimestamp(text: string): SecondsAndNanos | undefined {
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

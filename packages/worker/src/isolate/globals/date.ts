/** Time stands still within an activation, and every date is in UTC, whatever the host's time zone. */
import { disguise, replace, type Sources } from './realm.ts';

type DateMethod = (this: Date, ...args: unknown[]) => unknown;

const FIELDS = ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A date that names neither zone nor offset is meant in local time, but for dates alone in ISO form. Other forms are read as
 * V8 reads them: what stands in parentheses is no part of it, and a sign means an offset behind a time only ('12-25-1995').
 */
const COMMENT = /\([^()]*\)/g;
const ZONE_NAME = /(?<![a-z])(?:utc?|gmt|z|[ecmp][sd]t)(?![a-z])/i;
const OFFSET = /:.*[+-]/s;
const ISO_DATE = /^[+-]?\d{4,6}(?:-\d{2}(?:-\d{2})?)?$/;
const ISO_TIME = /^[+-]?\d{4,6}(?:-\d{2}(?:-\d{2})?)?T\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?$/i;

export function tameDate(realm: typeof globalThis, { nowMs }: Sources): void {
  const Native = realm.Date;
  const parseNative = Native.parse;
  const { getTime } = Native.prototype;
  const parse = (text: unknown): number => {
    const value = String(text);
    if (ISO_TIME.test(value)) return parseNative(`${value}Z`);
    return ISO_DATE.test(value) || hasZone(value) ? parseNative(value) : parseNative(`${value} UTC`);
  };
  const timeOf = (args: unknown[]): number => {
    if (args.length === 0) return nowMs();
    if (args.length > 1) return Reflect.apply(Native.UTC, undefined, args);
    const value = args[0] instanceof Native ? Reflect.apply(getTime, args[0], []) : toPrimitive(args[0]);
    return typeof value === 'string' ? parse(value) : Number(value);
  };
  function Tamed(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return textOf(new Native(nowMs()), { date: true, time: true });
    return Reflect.construct(Native, [timeOf(args)], new.target);
  }
  disguise(Tamed, Native);
  Object.defineProperty(Tamed, 'prototype', {
    value: Native.prototype,
    writable: false,
    enumerable: false,
    configurable: false,
  });
  replace(
    Tamed,
    'now',
    disguise(() => nowMs(), Native.now),
  );
  replace(
    Tamed,
    'parse',
    disguise((text: unknown) => parse(text), parseNative),
  );
  replace(Tamed, 'UTC', Native.UTC);
  replace(Native.prototype, 'constructor', Tamed);
  useUtc(Native.prototype);
  replace(realm, 'Date', Tamed);
}

function hasZone(text: string): boolean {
  let bare = text;
  for (let outer = ''; outer !== bare;) [outer, bare] = [bare, bare.replace(COMMENT, '')];
  return ZONE_NAME.test(bare) || OFFSET.test(bare);
}

function toPrimitive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const convert: unknown = Reflect.get(value, Symbol.toPrimitive);
  if (typeof convert === 'function') return Reflect.apply(convert, value, ['default']);
  const plain: unknown = value.valueOf();
  return typeof plain === 'object' ? String(value) : plain;
}

/** Methods that speak of local time do what their UTC twins do. */
function useUtc(prototype: Date): void {
  const own = prototype as unknown as Record<string, DateMethod>;
  for (const field of FIELDS) {
    for (const verb of ['get', 'set']) {
      const utc = own[`${verb}UTC${field}`];
      const local = own[`${verb}${field}`];
      if (utc === undefined || local === undefined) continue;
      const twin: DateMethod = {
        method(this: Date, ...args: unknown[]) {
          return Reflect.apply(utc, this, args);
        },
      }.method;
      replace(prototype, `${verb}${field}`, disguise(twin, local));
    }
  }
  const methods = {
    getTimezoneOffset(this: Date) {
      return Number.isNaN(this.getTime()) ? Number.NaN : 0;
    },
    getYear(this: Date) {
      return this.getUTCFullYear() - 1900;
    },
    setYear(this: Date, year: number) {
      return this.setUTCFullYear(year >= 0 && year <= 99 ? 1900 + Math.trunc(year) : year);
    },
    toString(this: Date) {
      return textOf(this, { date: true, time: true });
    },
    toDateString(this: Date) {
      return textOf(this, { date: true, time: false });
    },
    toTimeString(this: Date) {
      return textOf(this, { date: false, time: true });
    },
  };
  for (const [name, method] of Object.entries(methods)) replace(prototype, name, method);
}

function textOf(date: Date, parts: { date: boolean; time: boolean }): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  const two = (value: number) => String(value).padStart(2, '0');
  const year = date.getUTCFullYear();
  const yearText = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(year < 0 ? 6 : 4, '0')}`;
  const day = `${DAYS[date.getUTCDay()] ?? ''} ${MONTHS[date.getUTCMonth()] ?? ''} ${two(date.getUTCDate())} ${yearText}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} GMT+0000 (Coordinated Universal Time)`;
  return parts.date && parts.time ? `${day} ${time}` : parts.date ? day : time;
}

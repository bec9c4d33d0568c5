/** Locale en-US and time zone UTC unless the code names others; formatting without a date takes workflow time. */
import { disguise, replace, type Sources } from './realm.ts';

export interface IntlDefaults {
  locale: string;
  timeZone: string;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Constructor = (new (...args: unknown[]) => object) & Method;

const WITH_LOCALE = [
  'Collator',
  'DateTimeFormat',
  'DisplayNames',
  'DurationFormat',
  'ListFormat',
  'NumberFormat',
  'PluralRules',
  'RelativeTimeFormat',
  'Segmenter',
];

export function tameIntl(realm: typeof globalThis, { nowMs }: Sources, defaults: IntlDefaults): void {
  const intl = realm.Intl as unknown as Record<string, Constructor | undefined>;
  for (const name of WITH_LOCALE) {
    const Native = intl[name];
    if (Native !== undefined)
      replace(intl, name, withDefaults(Native, name === 'DateTimeFormat' ? defaults : { locale: defaults.locale }));
  }
  tameDateTimeFormat(realm.Intl.DateTimeFormat.prototype, nowMs);
  tameLocaleMethods(realm, defaults);
}

function withDefaults(Native: Constructor, defaults: { locale: string; timeZone?: string }): Constructor {
  function Tamed(this: unknown, ...given: unknown[]): unknown {
    const args = [given[0] ?? defaults.locale, optionsOf(given[1], defaults.timeZone)];
    if (new.target === undefined) return Reflect.apply(Native, undefined, args);
    return Reflect.construct(Native, args, new.target);
  }
  disguise(Tamed, Native);
  const statics = Object.getOwnPropertyDescriptors(Native);
  for (const key of Reflect.ownKeys(statics)) {
    if (key !== 'prototype' && key !== 'name' && key !== 'length')
      Object.defineProperty(Tamed, key, Reflect.get(statics, key));
  }
  const prototype: object = Reflect.get(Native, 'prototype');
  Object.defineProperty(Tamed, 'prototype', {
    value: prototype,
    writable: false,
    enumerable: false,
    configurable: false,
  });
  replace(prototype, 'constructor', Tamed);
  return Tamed as unknown as Constructor;
}

function optionsOf(given: unknown, timeZone: string | undefined): unknown {
  if (timeZone === undefined) return given;
  if (given === undefined) return { timeZone };
  if (typeof given !== 'object' || given === null || Reflect.get(given, 'timeZone') !== undefined) return given;
  return Object.create(given, { timeZone: { value: timeZone, enumerable: true } });
}

/** `format` is a getter that gives a bound function, the same one each time. */
function tameDateTimeFormat(prototype: object, nowMs: () => number): void {
  const getter = Object.getOwnPropertyDescriptor(prototype, 'format')?.get;
  const parts: unknown = Reflect.get(prototype, 'formatToParts');
  if (getter === undefined || typeof parts !== 'function') return;
  const bound = new WeakMap<object, Method>();
  const tamed = {
    get format(): Method {
      const known = bound.get(this);
      if (known !== undefined) return known;
      const native = Reflect.apply(getter, this, []) as Method;
      const format: Method = (date) => native(date ?? nowMs());
      bound.set(this, format);
      return format;
    },
    formatToParts(this: object, date?: unknown): unknown {
      return Reflect.apply(parts, this, [date ?? nowMs()]);
    },
  };
  const descriptor = Object.getOwnPropertyDescriptor(tamed, 'format') ?? {};
  Object.defineProperty(prototype, 'format', { ...descriptor, enumerable: false });
  replace(prototype, 'formatToParts', tamed.formatToParts);
}

function tameLocaleMethods(realm: typeof globalThis, { locale, timeZone }: IntlDefaults): void {
  const withOptions = (target: object, name: string, options?: (given: unknown) => unknown): void => {
    const native: unknown = Reflect.get(target, name);
    if (typeof native !== 'function') return;
    const tamed: Method = {
      method(this: unknown, locales?: unknown, given?: unknown) {
        return Reflect.apply(native, this, [locales ?? locale, options === undefined ? given : options(given)]);
      },
    }.method;
    replace(target, name, disguise(tamed, native as unknown as { name: string; length: number }));
  };
  const zoned = (given: unknown) => optionsOf(given, timeZone);
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'])
    withOptions(realm.Date.prototype, name, zoned);
  withOptions(realm.Number.prototype, 'toLocaleString');
  withOptions(realm.BigInt.prototype, 'toLocaleString');
  for (const name of ['toLocaleLowerCase', 'toLocaleUpperCase']) withOptions(realm.String.prototype, name);
  const compare = realm.String.prototype.localeCompare;
  const tamedCompare = {
    localeCompare(this: string, that: string, locales?: string | string[], options?: Intl.CollatorOptions) {
      return Reflect.apply(compare, this, [that, locales ?? locale, options]);
    },
  }.localeCompare;
  replace(realm.String.prototype, 'localeCompare', disguise(tamedCompare, compare));
}

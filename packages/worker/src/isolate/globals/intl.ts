/** Locale en-US and time zone UTC unless the code names others; formatting without a date takes workflow time. */
import { disguise, replace, type Sources } from './realm.ts';

export interface IntlDefaults {
  locale: string;
  timeZone: string;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Constructor = (new (...args: unknown[]) => object) & Method & { supportedLocalesOf(locales: unknown): string[] };

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
    const args = [localesOf(Native, given[0], defaults.locale), optionsOf(given[1], defaults.timeZone)];
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

/** Where none of the locales is known, V8 would take the one of the machine. */
function localesOf(Native: Constructor, given: unknown, locale: string): unknown {
  return given === undefined || Native.supportedLocalesOf(given).length === 0 ? locale : given;
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
  const { Collator, DateTimeFormat, NumberFormat } = realm.Intl as unknown as Record<string, Constructor>;
  const tame = (target: object, name: string, tamed: (native: Method) => Method): void => {
    const native = Reflect.get(target, name) as (Method & { name: string; length: number }) | undefined;
    if (native !== undefined) replace(target, name, disguise(tamed(native), native));
  };
  const withLocales = (Native: Constructor | undefined, options = (given: unknown) => given) => {
    const locales = (given: unknown) => (Native === undefined ? given : localesOf(Native, given, locale));
    const tamed = (native: Method): Method =>
      ({
        method(this: unknown, given?: unknown, more?: unknown) {
          return Reflect.apply(native, this, [locales(given), options(more)]);
        },
      }).method;
    return tamed;
  };
  const withTimeZone = withLocales(DateTimeFormat, (given) => optionsOf(given, timeZone));
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'])
    tame(realm.Date.prototype, name, withTimeZone);
  for (const { prototype } of [realm.Number, realm.BigInt])
    tame(prototype, 'toLocaleString', withLocales(NumberFormat));
  for (const name of ['toLocaleLowerCase', 'toLocaleUpperCase'])
    tame(realm.String.prototype, name, withLocales(Collator));
  tame(
    realm.String.prototype,
    'localeCompare',
    (native) =>
      ({
        method(this: unknown, that: unknown, given?: unknown, options?: unknown) {
          const locales = Collator === undefined ? given : localesOf(Collator, given, locale);
          return Reflect.apply(native, this, [that, locales, options]);
        },
      }).method,
  );
  tameTemporalText(realm, { withLocales: withLocales(DateTimeFormat), withTimeZone });
}

/** What V8 has of Temporal (Node 26) writes itself for people, too: in the time zone where it is a point in time. */
function tameTemporalText(
  realm: object,
  tamed: Record<'withLocales' | 'withTimeZone', (native: Method) => Method>,
): void {
  const temporal = Reflect.get(realm, 'Temporal') as Record<string, { prototype?: object } | undefined> | undefined;
  for (const [name, type] of Object.entries(Object.getOwnPropertyDescriptors(temporal ?? {}))) {
    const prototype = (type.value as { prototype?: object }).prototype;
    const native = prototype && (Reflect.get(prototype, 'toLocaleString') as Method | undefined);
    if (prototype === undefined || native === undefined) continue;
    replace(prototype, 'toLocaleString', tamed[name === 'Instant' ? 'withTimeZone' : 'withLocales'](native));
  }
}

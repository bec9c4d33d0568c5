/** Checks of options as users without types need them: each error names the option, what it must be, and what it is. */
import { msToNumber } from './duration.ts';

const checks = {
  string: ['a string', (value: unknown) => typeof value === 'string'],
  boolean: ['true or false', (value: unknown) => typeof value === 'boolean'],
  number: ['a number', (value: unknown) => typeof value === 'number' && !Number.isNaN(value)],
  function: ['a function', (value: unknown) => typeof value === 'function'],
  array: ['an array', (value: unknown) => Array.isArray(value)],
  object: ['an object', (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)],
  date: ['a Date', (value: unknown) => Object.prototype.toString.call(value) === '[object Date]'],
  duration: ["a number of milliseconds or text such as '30 seconds'", isDuration],
} as const satisfies Record<string, readonly [string, (value: unknown) => boolean]>;

/** What an option must be. */
export type OptionKind = keyof typeof checks;

function isDuration(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isNaN(value);
  if (typeof value !== 'string') return false;
  try {
    msToNumber(value);
    return true;
  } catch {
    return false;
  }
}

/** A value in a few words, for errors. */
export function describeOption(value: unknown): string {
  if (typeof value === 'string') return value.length > 60 ? `text of ${value.length} characters` : `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Promise) return 'a Promise (is an await missing?)';
  if (typeof value !== 'object' || value === null) return String(value);
  const { constructor } = value as { constructor?: { name?: string } };
  return constructor?.name === undefined || constructor.name === 'Object' ? 'an object' : `a ${constructor.name}`;
}

/**
 * Checks one value.
 *
 * @throws TypeError unless it is of the kind
 */
export function checkOption(name: string, value: unknown, kind: OptionKind): void {
  const [expected, holds] = checks[kind];
  if (!holds(value)) throw new TypeError(`${name} must be ${expected}, got ${describeOption(value)}`);
}

/**
 * Makes something of options without checking them first; when that fails for an option of another kind than it must be,
 * the error says which.
 */
export function withOptionNames<Options, R>(
  {
    where,
    options,
    kinds,
  }: { where: string; options: Options; kinds: { readonly [Name in keyof Options]?: OptionKind } },
  make: () => R,
): R {
  try {
    return make();
  } catch (error) {
    checkOptions(where, options, kinds);
    throw error;
  }
}

/**
 * Checks the options that are given: null and undefined count as left out.
 *
 * @param where what the options are of, such as `Worker option`
 * @throws TypeError unless `options` is an object, and each option of its kind
 */
export function checkOptions<Options>(
  where: string,
  options: Options,
  kinds: { readonly [Name in keyof Options]?: OptionKind },
): void {
  checkOption(where, options, 'object');
  for (const [name, kind] of Object.entries(kinds) as [keyof Options & string, OptionKind][]) {
    const value: unknown = options[name];
    if (value !== undefined && value !== null) checkOption(`${where}.${name}`, value, kind);
  }
}

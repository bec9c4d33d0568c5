/**
 * Values as JSON text that gives back what JSON alone forgets: dates, errors with their causes, maps, sets, big integers,
 * bytes, numbers that are none. For what leaves the sandbox to be seen by people: functions and symbols are left out.
 */
import { decodeBase64, encodeBase64 } from './base64.ts';
import { isRecord } from './brand.ts';

/** The property by which an object of the text says that it stands for something else. */
const KIND = '$reprise';

interface Tagged {
  readonly [KIND]: string;
  readonly value: unknown;
}

const tagged = (kind: string, value: unknown): Tagged => ({ [KIND]: kind, value });

const isDate = (value: unknown): value is Date => Object.prototype.toString.call(value) === '[object Date]';

/** Its own properties, and those that JSON does not see. The wire form of a failure says again what the failure says. */
function errorFields(error: Error): object {
  const { name, message, stack, cause } = error;
  const own = Object.fromEntries(Object.entries(error).filter(([key]) => key !== 'failure'));
  return { ...own, name, message, stack, ...(cause === undefined ? {} : { cause }) };
}

function tagObject(value: object): unknown {
  if (value instanceof Error) return tagged('error', errorFields(value));
  if (value instanceof Map) return tagged('map', [...(value as Map<unknown, unknown>)]);
  if (value instanceof Set) return tagged('set', [...(value as Set<unknown>)]);
  if (value instanceof Uint8Array) return tagged('bytes', encodeBase64(value));
  // Of the user's own; what is made here does not come here again.
  if (KIND in value) return tagged('object', Object.entries(value));
  return value;
}

/** A date has become text before it comes to the replacer, and null when it is none. */
function dateIn(holder: unknown, key: string): Tagged | undefined {
  const own = (holder as Readonly<Record<string, unknown>>)[key];
  return typeof own === 'object' && isDate(own) ? tagged('date', own.getTime()) : undefined;
}

function replacer(this: unknown, key: string, value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return dateIn(this, key) ?? value;
    case 'number':
      return Number.isFinite(value) ? value : tagged('number', String(value));
    case 'bigint':
      return tagged('bigint', value.toString());
    case 'undefined':
      return Array.isArray(this) ? tagged('undefined', 0) : value;
    case 'object':
      return value === null ? (dateIn(this, key) ?? null) : tagObject(value);
    default:
      return value;
  }
}

/** Never throws: what has no text is said to have none. */
export function valueToText(value: unknown): string {
  try {
    return JSON.stringify(value, replacer) ?? 'null';
  } catch (error) {
    return JSON.stringify([`[not serialisable: ${error instanceof Error ? error.message : 'unknown reason'}]`]);
  }
}

function errorOf(fields: unknown): Error {
  const { name, message, stack, cause, ...own } = fields as Error;
  const error = new Error(message, cause === undefined ? undefined : { cause });
  const hidden = { configurable: true, enumerable: false, writable: true };
  Object.defineProperties(error, { name: { ...hidden, value: name }, stack: { ...hidden, value: stack } });
  return Object.assign(error, own);
}

const REVIVE: Readonly<Record<string, (value: unknown) => unknown>> = {
  date: (ms) => new Date(revived(ms) as number),
  number: Number,
  bigint: (digits) => BigInt(digits as string),
  undefined: () => undefined,
  bytes: (base64) => decodeBase64(base64 as string),
  error: (fields) => errorOf(revived(fields)),
  map: (entries) => new Map(revived(entries) as [unknown, unknown][]),
  set: (items) => new Set(revived(items) as unknown[]),
  object: (entries) => Object.fromEntries(revived(entries) as [string, unknown][]),
};

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (!isRecord(value)) return value;
  const kind = value[KIND];
  const revive = typeof kind === 'string' ? REVIVE[kind] : undefined;
  if (revive !== undefined) return revive(value['value']);
  for (const [key, of] of Object.entries(value)) if (typeof of === 'object' && of !== null) value[key] = revived(of);
  return value;
}

/** The value of a text that `valueToText` made. */
export function valueFromText(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Looking at each value takes far longer than the rest.
  return text.includes(`"${KIND}":`) ? revived(value) : value;
}

import { HostBuffer } from '../binary/host-buffer.ts';
import { fromLong, isLong } from '../binary/int64-halves.ts';
import { type EnumSchema, enumSchema } from '../schema.ts';
import { describeJson } from './json-message-error.ts';
import type { JsonSource, ReadValue } from './json-source.ts';

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const SPECIAL_NUMBERS = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

export function scalarFromJson(type: string, json: unknown, reader: JsonSource): unknown {
  return scalarReader(type)(json, reader);
}

/** @param type a scalar of protobuf, such as `int64` */
export function scalarReader(type: string): ReadValue {
  switch (type) {
    case 'string':
      return stringFromJson;
    case 'bool':
      return boolFromJson;
    case 'bytes':
      return bytesFromJson;
    case 'int64':
    case 'uint64':
      return (json, reader) => longFromJson(type, json, reader);
    case 'double':
    case 'float':
      return floatFromJson;
    default:
      return (json, reader) => integerFromJson(type, json, reader);
  }
}

function stringFromJson(json: unknown, reader: JsonSource): string {
  if (typeof json === 'string') return json;
  throw reader.error(`expected a string, found ${describeJson(json)}`);
}

function boolFromJson(json: unknown, reader: JsonSource): boolean {
  if (typeof json === 'boolean') return json;
  throw reader.error(`expected a bool, found ${describeJson(json)}`);
}

function longFromJson(type: string, json: unknown, reader: JsonSource): number {
  if (typeof json === 'string' && json.length < 16 && /^-?\d+$/.test(json)) return Number(json) + 0;
  if (typeof json === 'number' && Number.isSafeInteger(json)) return json;
  const value = bigFrom(json);
  const [low, high] = type === 'int64' ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
  if (value === undefined || value < low || value > high) {
    throw reader.error(`expected a 64-bit integer, found ${describeJson(json)}`);
  }
  const number = Number(value);
  // A bigint where a number would lose digits, as in a decoded message.
  return Number.isSafeInteger(number) ? number : (value as unknown as number);
}

function bigFrom(json: unknown): bigint | undefined {
  if (typeof json === 'bigint') return json;
  if (typeof json === 'string' && /^-?\d{1,20}$/.test(json)) return BigInt(json);
  if (typeof json === 'number' && Number.isInteger(json)) return BigInt(json);
  if (typeof json === 'string' && /^-?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(json) && Number.isInteger(Number(json))) {
    return BigInt(Number(json));
  }
  return isLong(json) ? fromLong(json) : undefined;
}

function integerFromJson(type: string, json: unknown, reader: JsonSource): number {
  const value = typeof json === 'string' && json.trim() !== '' ? Number(json) : json;
  const [low, high] = type === 'int32' ? [-2147483648, 2147483647] : [0, 4294967295];
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
  throw reader.error(`expected an integer (${type}), found ${describeJson(json)}`);
}

function floatFromJson(json: unknown, reader: JsonSource): number {
  if (typeof json === 'number') return json;
  if (typeof json === 'string') {
    const special = SPECIAL_NUMBERS.get(json);
    if (special !== undefined) return special;
    if (json.trim() === json && json !== '' && Number.isFinite(Number(json))) return Number(json);
  }
  throw reader.error(`expected a number, found ${describeJson(json)}`);
}

function bytesFromJson(json: unknown, reader: JsonSource): Uint8Array {
  const bytes = plainBytes(json, reader);
  if (!reader.asBuffers) return bytes;
  const buffer = HostBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return HostBuffer.isBuffer(buffer) ? buffer : bytes;
}

function plainBytes(json: unknown, reader: JsonSource): Uint8Array {
  if (typeof json === 'string') {
    const short = json.length <= SHORT ? shortBase64(json) : undefined;
    if (short !== undefined) return short;
    if (BASE64.test(json)) return new Uint8Array(HostBuffer.from(json, 'base64'));
  }
  if (json instanceof Uint8Array) return json;
  const numbers = byteNumbers(json);
  if (numbers?.every((byte) => Number.isInteger(byte) && Number(byte) >= 0 && Number(byte) <= 255) === true) {
    return Uint8Array.from(numbers as number[]);
  }
  throw reader.error(`expected base64, found ${describeJson(json)}`);
}

/** Texts for which a call into the engine takes longer than the loop: encodings, numbers, names. */
const SHORT = 64;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const DIGITS = new Uint8Array(128).fill(64);
for (let index = 0; index < 64; index++) DIGITS[ALPHABET.charCodeAt(index)] = index;

/** Undefined for text that is anything but whole groups of four in the standard alphabet. */
function shortBase64(text: string): Uint8Array | undefined {
  const { length } = text;
  if (length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((length / 4) * 3 - padding);
  const last = length - padding;
  let at = 0;
  let bits = 0;
  for (let index = 0; index < last; index++) {
    const digit = DIGITS[text.charCodeAt(index)] ?? 64;
    if (digit === 64) return undefined;
    bits = (bits << 6) | digit;
    if (index % 4 === 0) continue;
    const spare = 6 - 2 * (index % 4);
    bytes[at++] = bits >> spare;
    bits &= (1 << spare) - 1;
  }
  return bytes;
}

/** What `JSON.stringify` makes of a Buffer, or of a Uint8Array. */
function byteNumbers(json: unknown): unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (typeof json !== 'object' || json === null) return undefined;
  if ('type' in json && json.type === 'Buffer' && 'data' in json && Array.isArray(json.data)) return json.data;
  const entries = Object.entries(json);
  return entries.every(([key], index) => key === String(index)) ? entries.map(([, byte]) => byte) : undefined;
}

const looseNames = new WeakMap<EnumSchema, Map<string, number>>();

/** @param type the full name of an enum */
export function enumReader(type: string): ReadValue {
  let schema: EnumSchema | undefined;
  return (json, reader) => {
    if (typeof json === 'number' && Number.isInteger(json)) return json;
    if (json === null && type === 'google.protobuf.NullValue') return 0;
    if (typeof json === 'string') {
      schema ??= enumSchema(type);
      const number = schema.numberOf.get(json) ?? loose(schema).get(json.replaceAll('_', '').toLowerCase());
      if (number !== undefined) return number;
      if (/^-?\d+$/.test(json)) return Number(json);
    }
    throw reader.error(`expected a value of ${type}, found ${describeJson(json)}`);
  };
}

/** Values by their names without underscores and case, with the prefix that all share and without: `Normal` is found. */
function loose(schema: EnumSchema): Map<string, number> {
  let names = looseNames.get(schema);
  if (names === undefined) {
    names = new Map();
    const prefix = sharedPrefix([...schema.numberOf.keys()]);
    for (const [name, number] of schema.numberOf) {
      names.set(name.replaceAll('_', '').toLowerCase(), number);
      names.set(name.slice(prefix.length).replaceAll('_', '').toLowerCase(), number);
    }
    looseNames.set(schema, names);
  }
  return names;
}

function sharedPrefix(names: string[]): string {
  const words = (names[0] ?? '').split('_');
  for (let count = words.length - 1; count > 0; count--) {
    const prefix = `${words.slice(0, count).join('_')}_`;
    if (names.every((name) => name.startsWith(prefix))) return prefix;
  }
  return '';
}

/**
 * proto3 JSON in both directions, driven by protobufjs reflection.
 *
 * It follows the proto3 JSON mapping (camelCase names, enum names, base64 bytes, 64-bit numbers as
 * strings, defaults left out) with three additions that keep case files readable:
 *  - a JSON payload is written `{ "$json": value }`, plus `"type"` when it carries that metadata;
 *  - in requests `{ "$blob": n }` is a payload of n bytes, `{ "$repeat": [s, n] }` a string repeated
 *    n times, and `{ "$copies": [value, n] }` inside a list stands for n copies of value, in which
 *    `$#` is the number of the copy;
 *  - an `Any` is `{ "@type": full message name, ...fields }`.
 */
import protobuf from './protobuf.ts';
// @ts-ignore: this file of the package has no declarations.
import protoRoot from '@temporalio/proto/protos/json-module.js';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
type Message = Record<string, unknown>;

export const root = protoRoot as unknown as protobuf.Root;
root.resolveAll();

const PAYLOAD = 'temporal.api.common.v1.Payload';

export function typeNamed(name: string): protobuf.Type {
  return root.lookupType(name);
}

export function encode(type: protobuf.Type, json: Json): Buffer {
  const message = type.fromObject(fromJson(type, json) as Message);
  return Buffer.from(type.encode(message).finish());
}

export function decode(type: protobuf.Type, bytes: Uint8Array): Json {
  return toJson(type, type.decode(bytes) as unknown as Message);
}

// Reading JSON

function fromJson(type: protobuf.Type, json: Json): unknown {
  const special = SPECIAL[nameOf(type)];
  if (special) return special.parse(json);
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    throw new Error(`${nameOf(type)}: expected an object, got ${JSON.stringify(json)}`);
  }
  const message: Message = {};
  for (const [key, value] of Object.entries(json)) {
    const field = type.fields[key];
    if (!field) throw new Error(`${nameOf(type)} has no field ${key}`);
    if (value !== null) message[key] = fieldFromJson(field, value);
  }
  return message;
}

function fieldFromJson(field: protobuf.Field, json: Json): unknown {
  if (field.map) {
    return Object.fromEntries(Object.entries(json as JsonObject).map(([k, v]) => [k, valueFromJson(field, v)]));
  }
  if (field.repeated) return copies(json as Json[]).map((item) => valueFromJson(field, item));
  return valueFromJson(field, json);
}

function copies(list: Json[]): Json[] {
  return list.flatMap((item) => {
    if (!isObject(item) || item['$copies'] === undefined) return [item];
    const [value, times] = item['$copies'] as [Json, number];
    return Array.from({ length: times }, (_, i) => JSON.parse(JSON.stringify(value).replaceAll('$#', String(i))) as Json);
  });
}

function valueFromJson(field: protobuf.Field, json: Json): unknown {
  const type = field.resolvedType;
  if (type instanceof protobuf.Type) return fromJson(type, json);
  if (type instanceof protobuf.Enum) {
    const value = typeof json === 'number' ? json : type.values[json as string];
    if (value === undefined) throw new Error(`${type.name} has no value ${JSON.stringify(json)}`);
    return value;
  }
  if (field.type === 'bytes') return Buffer.from(json as string, 'base64');
  if (isObject(json) && json['$repeat']) {
    const [text, times] = json['$repeat'] as [string, number];
    return text.repeat(times);
  }
  return json;
}

// Writing JSON

export function toJson(type: protobuf.Type, message: Message): Json {
  const special = SPECIAL[nameOf(type)];
  if (special) return special.print(message);
  const json: JsonObject = {};
  const fields = [...type.fieldsArray].sort((a, b) => a.id - b.id);
  for (const field of fields) {
    if (!Object.hasOwn(message, field.name)) continue;
    const value = fieldToJson(field, message[field.name]);
    if (value !== undefined) json[field.name] = value;
  }
  return json;
}

function fieldToJson(field: protobuf.Field, value: unknown): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (field.map) {
    const entries = Object.entries(value as Message).sort(([a], [b]) => (a < b ? -1 : 1));
    return entries.length ? Object.fromEntries(entries.map(([k, v]) => [k, valueToJson(field, v)])) : undefined;
  }
  if (field.repeated) {
    const list = value as unknown[];
    return list.length ? list.map((item) => valueToJson(field, item)) : undefined;
  }
  const json = valueToJson(field, value);
  const isDefault = json === '' || json === 0 || json === '0' || json === false || isZeroEnum(field, value);
  return isDefault && !field.partOf ? undefined : json;
}

function isZeroEnum(field: protobuf.Field, value: unknown): boolean {
  return field.resolvedType instanceof protobuf.Enum && value === 0;
}

function valueToJson(field: protobuf.Field, value: unknown): Json {
  const type = field.resolvedType;
  if (type instanceof protobuf.Type) return toJson(type, value as Message);
  if (type instanceof protobuf.Enum) return type.valuesById[value as number] ?? (value as number);
  if (field.type === 'bytes') return Buffer.from(value as Uint8Array).toString('base64');
  if (/64$/.test(field.type)) return String(value);
  return value as Json;
}

// Well-known types and payloads

interface Special {
  parse(json: Json): unknown;
  print(message: Message): Json;
}

const SPECIAL: Record<string, Special> = {
  'google.protobuf.Timestamp': { parse: parseTimestamp, print: printTimestamp },
  'google.protobuf.Duration': { parse: parseDuration, print: printDuration },
  'google.protobuf.Any': { parse: parseAny, print: printAny },
  'google.protobuf.FieldMask': {
    parse: (json) => ({ paths: (json as string).split(',').map(snakeCase) }),
    print: (mask) => ((mask['paths'] as string[] | undefined) ?? []).map(camelCase).join(','),
  },
  [PAYLOAD]: { parse: parsePayload, print: printPayload },
};
for (const name of ['DoubleValue', 'FloatValue', 'Int64Value', 'UInt64Value', 'Int32Value', 'UInt32Value', 'BoolValue', 'StringValue']) {
  SPECIAL[`google.protobuf.${name}`] = { parse: (value) => ({ value }), print: (message) => (message['value'] ?? 0) as Json };
}

function parseTimestamp(json: Json): unknown {
  const match = /^(.*?)(?:\.(\d+))?Z$/.exec(json as string);
  if (!match) throw new Error(`not a UTC time: ${json}`);
  return { seconds: Date.parse(`${match[1]}Z`) / 1000, nanos: Number((match[2] ?? '').padEnd(9, '0')) };
}

function printTimestamp({ seconds, nanos }: Message): Json {
  const whole = new Date(Number(seconds ?? 0) * 1000).toISOString().replace(/\.000Z$/, '');
  return `${whole}${fraction(Number(nanos ?? 0))}Z`;
}

function parseDuration(json: Json): unknown {
  const match = /^(-?)(\d+)(?:\.(\d+))?s$/.exec(json as string);
  if (!match) throw new Error(`not a duration: ${json}`);
  const sign = match[1] ? -1 : 1;
  return { seconds: sign * Number(match[2]), nanos: sign * Number((match[3] ?? '').padEnd(9, '0')) };
}

function printDuration({ seconds, nanos }: Message): Json {
  const [s, n] = [Number(seconds ?? 0), Number(nanos ?? 0)];
  return `${s < 0 || n < 0 ? '-' : ''}${Math.abs(s)}${fraction(Math.abs(n))}s`;
}

function fraction(nanos: number): string {
  return nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/(000)+$/, '')}`;
}

function parseAny(json: Json): unknown {
  const { '@type': name, ...fields } = json as JsonObject;
  return { type_url: `type.googleapis.com/${name}`, value: encode(typeNamed(name as string), fields) };
}

function printAny(message: Message): Json {
  const name = String(message['type_url'] ?? '').replace(/^.*\//, '');
  const fields = name ? decode(typeNamed(name), (message['value'] as Uint8Array | undefined) ?? new Uint8Array()) : {};
  return { '@type': name, ...(fields as JsonObject) };
}

function parsePayload(json: Json): unknown {
  const object = json as JsonObject;
  const bytes = (text: string): Buffer => Buffer.from(text);
  if ('$json' in object) {
    const type = object['type'] === undefined ? {} : { type: bytes(object['type'] as string) };
    return { metadata: { encoding: bytes('json/plain'), ...type }, data: bytes(JSON.stringify(object['$json'])) };
  }
  if ('$blob' in object) {
    return { metadata: { encoding: bytes('binary/plain') }, data: Buffer.alloc(object['$blob'] as number, 'x') };
  }
  const metadata = Object.entries((object['metadata'] ?? {}) as JsonObject);
  return {
    metadata: Object.fromEntries(metadata.map(([key, value]) => [key, Buffer.from(value as string, 'base64')])),
    data: Buffer.from((object['data'] ?? '') as string, 'base64'),
  };
}

function printPayload(message: Message): Json {
  const metadata = (message['metadata'] ?? {}) as Record<string, Uint8Array>;
  const data = Buffer.from((message['data'] as Uint8Array | undefined) ?? []);
  const { encoding, type, ...others } = metadata;
  if (encoding && Buffer.from(encoding).toString() === 'json/plain' && Object.keys(others).length === 0) {
    const value = parsedExactly(data.toString());
    if (value !== undefined) return { $json: value, ...(type && { type: Buffer.from(type).toString() }) };
  }
  const entries = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...(entries.length && { metadata: Object.fromEntries(entries.map(([k, v]) => [k, Buffer.from(v).toString('base64')])) }),
    ...(data.length && { data: data.toString('base64') }),
  };
}

/** The JSON value of a text, or undefined when printing it again would not give the same text. */
function parsedExactly(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function nameOf(type: protobuf.Type): string {
  return type.fullName.replace(/^\./, '');
}

function isObject(json: Json): json is JsonObject {
  return json !== null && typeof json === 'object' && !Array.isArray(json);
}

function snakeCase(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function camelCase(path: string): string {
  return path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

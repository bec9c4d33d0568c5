import { HostBuffer } from '../binary/host-buffer.ts';
import type { MessageTypes } from '../generated/messages.ts';
import { enumSchema, type FieldSchema, messageSchema } from '../schema.ts';
import { describeJson, JsonMessageError } from './json-message-error.ts';
import { type JsonValue, setOwn } from './json-value.ts';
import { WELL_KNOWN_TO_JSON } from './well-known-to-json.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A message as proto3 JSON: 64-bit integers and bytes as strings, enums by name, times as RFC 3339, durations as `1.5s`.
 *
 * @param type full name, such as `temporal.api.history.v1.History`
 * @throws JsonMessageError with the path of a value that JSON has no form for
 * @example toJson('google.protobuf.Duration', { seconds: 90 }) // '90s'
 */
export function toJson<Name extends keyof MessageTypes>(type: Name, message: MessageTypes[Name]): JsonValue;
export function toJson(type: string, message: object): JsonValue;
export function toJson(type: string, message: object): JsonValue {
  return messageToJson(type, message, '');
}

export function messageToJson(type: string, message: unknown, path: string): JsonValue {
  if (typeof message !== 'object' || message === null) {
    throw new JsonMessageError(path, `expected ${type}, found ${describeJson(message)}`);
  }
  const wellKnown = WELL_KNOWN_TO_JSON.get(type);
  if (wellKnown !== undefined) return wellKnown(message as Fields, path, messageToJson);
  const json: { [key: string]: JsonValue } = {};
  for (const field of messageSchema(type).fields) {
    const value = (message as Fields)[field.name];
    if (value === undefined || value === null) continue;
    const written = fieldToJson(field, value, path === '' ? field.name : `${path}.${field.name}`);
    if (written !== undefined) json[field.name] = written;
  }
  return json;
}

function fieldToJson(field: FieldSchema, value: unknown, path: string): JsonValue | undefined {
  switch (field.presence) {
    case 'map':
      return mapToJson(field, value, path);
    case 'packed':
    case 'repeated': {
      if (!Array.isArray(value)) throw new JsonMessageError(path, `expected an array, found ${describeJson(value)}`);
      return value.length === 0
        ? undefined
        : value.map((item, index) => singleToJson(field, item, `${path}[${index}]`));
    }
    case 'implicit':
      return isDefault(field, value) ? undefined : singleToJson(field, value, path);
    case 'explicit':
      return singleToJson(field, value, path);
  }
}

function mapToJson(field: FieldSchema, value: unknown, path: string): JsonValue | undefined {
  const json: { [key: string]: JsonValue } = {};
  const entries = Object.entries(value as Fields);
  for (const [key, entry] of entries) setOwn(json, key, singleToJson(field, entry, `${path}['${key}']`));
  return entries.length === 0 ? undefined : json;
}

function isDefault({ kind, type }: FieldSchema, value: unknown): boolean {
  if (kind === 'message') return false;
  if (type === 'bytes') return value instanceof Uint8Array && value.length === 0;
  return value === '' || value === false || Object.is(value, 0) || value === 0n;
}

function singleToJson(field: FieldSchema, value: unknown, path: string): JsonValue {
  if (field.kind === 'message') return messageToJson(field.type, value, path);
  if (field.kind === 'enum') return enumToJson(field.type, value, path);
  return scalarToJson(field.type, value, path);
}

function enumToJson(type: string, value: unknown, path: string): JsonValue {
  if (typeof value !== 'number') throw new JsonMessageError(path, `expected a number, found ${describeJson(value)}`);
  // The one enum with a JSON value of its own.
  if (type === 'google.protobuf.NullValue') return null;
  return enumSchema(type).nameOf.get(value) ?? value;
}

export function scalarToJson(type: string, value: unknown, path: string): JsonValue {
  switch (type) {
    case 'int64':
    case 'uint64':
      return String(value);
    case 'bytes':
      if (value instanceof Uint8Array) {
        return HostBuffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
      }
      break;
    case 'double':
    case 'float':
      if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
      break;
    default:
      if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  }
  throw new JsonMessageError(path, `expected ${type}, found ${describeJson(value)}`);
}

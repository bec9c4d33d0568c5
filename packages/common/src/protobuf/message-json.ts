/** proto3 JSON of protobufjs messages. */
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { isRecord } from '../brand.ts';
import { ValueError } from '../errors.ts';
import { isType, type ReflectedField, type ReflectedType } from './reflection.ts';
import {
  durationFromJson,
  durationToJson,
  structFromJson,
  structToJson,
  timestampFromJson,
  timestampToJson,
  valueFromJson,
  valueToJson,
} from './well-known-json.ts';

const WIDE = /^(?:u?int64|sint64|s?fixed64)$/;
const WRAPPER = /^\.google\.protobuf\.(?:Double|Float|U?Int64|U?Int32|Bool|String|Bytes)Value$/;

type Members = Record<string, unknown>;

function scalarToJson(type: string, value: unknown): unknown {
  if (WIDE.test(type)) return String(value);
  if (type === 'bytes') return typeof value === 'string' ? value : encodeBase64(value as Uint8Array);
  if ((type === 'double' || type === 'float') && !Number.isFinite(value)) return String(value);
  return value;
}

function elementToJson(field: ReflectedField, value: unknown): unknown {
  const { resolvedType } = field;
  if (isType(resolvedType)) return messageToJson(resolvedType, value as Members);
  if (resolvedType) return resolvedType.valuesById[value as number] ?? value;
  return scalarToJson(field.type, value);
}

function fieldToJson(field: ReflectedField, value: unknown): unknown {
  if (field.repeated) return (value as unknown[]).map((element) => elementToJson(field, element));
  if (!field.map) return elementToJson(field, value);
  return Object.fromEntries(
    Object.entries(value as object).map(([key, element]) => [key, elementToJson(field, element)]),
  );
}

/** Whether reading the field back gives the same when it is left out. */
function isUnset(field: ReflectedField, value: unknown): boolean {
  if (field.repeated) return (value as unknown[]).length === 0;
  if (field.map) return Object.keys(value as object).length === 0;
  if (isType(field.resolvedType) || (field.hasPresence ?? Boolean(field.partOf))) return false;
  if (field.resolvedType) return value === 0;
  if (field.type === 'bytes' || field.type === 'string') return (value as string | Uint8Array).length === 0;
  return value === false || Number(value) === 0;
}

/** The JSON of a message: only what is set on it. */
export function messageToJson(type: ReflectedType, message: Members): unknown {
  switch (type.fullName) {
    case '.google.protobuf.Timestamp':
      return timestampToJson(message);
    case '.google.protobuf.Duration':
      return durationToJson(message);
    case '.google.protobuf.Struct':
      return structToJson(message);
    case '.google.protobuf.Value':
      return valueToJson(message);
    case '.google.protobuf.ListValue':
      return ((message['values'] as object[] | undefined) ?? []).map((value) => valueToJson(value as Members));
    case '.google.protobuf.Any':
      throw new ValueError(
        'google.protobuf.Any has no JSON without the types that it may hold; use the binary converter',
      );
    default:
  }
  const fields = type.fieldsArray.map((field) => field.resolve());
  if (WRAPPER.test(type.fullName)) return scalarToJson(fields[0]?.type ?? '', message['value']);
  const json: Members = {};
  for (const field of fields) {
    const value = Object.hasOwn(message, field.name) ? message[field.name] : undefined;
    if (value === null || value === undefined || isUnset(field, value)) continue;
    json[field.name] = fieldToJson(field, value);
  }
  return json;
}

function scalarFromJson(type: string, json: unknown): unknown {
  if (type === 'bytes') return decodeBase64(String(json));
  // protobufjs takes 64-bit integers as text, and non-finite numbers as numbers.
  if ((type === 'double' || type === 'float') && typeof json === 'string') return Number(json);
  return json;
}

function elementFromJson(field: ReflectedField, json: unknown): unknown {
  const { resolvedType } = field;
  if (isType(resolvedType)) return objectFromJson(resolvedType, json);
  if (resolvedType) return typeof json === 'string' ? (resolvedType.values[json] ?? json) : json;
  return scalarFromJson(field.type, json);
}

function fieldFromJson(field: ReflectedField, json: unknown): unknown {
  if (field.repeated) {
    if (!Array.isArray(json))
      throw new ValueError(`Expected ${field.name} to be an array, got ${JSON.stringify(json)}`);
    return json.map((element) => elementFromJson(field, element));
  }
  if (!field.map) return elementFromJson(field, json);
  return Object.fromEntries(
    Object.entries(json as object).map(([key, element]) => [key, elementFromJson(field, element)]),
  );
}

/** What `Type.fromObject` makes a message of. */
export function objectFromJson(type: ReflectedType, json: unknown): object {
  switch (type.fullName) {
    case '.google.protobuf.Timestamp':
      return timestampFromJson(json);
    case '.google.protobuf.Duration':
      return durationFromJson(json);
    case '.google.protobuf.Struct':
      return structFromJson(json);
    case '.google.protobuf.Value':
      return valueFromJson(json);
    case '.google.protobuf.ListValue':
      return { values: (json as unknown[]).map(valueFromJson) };
    default:
  }
  const fields = type.fieldsArray.map((field) => field.resolve());
  if (WRAPPER.test(type.fullName)) return { value: scalarFromJson(fields[0]?.type ?? '', json) };
  if (!isRecord(json))
    throw new ValueError(`Expected the JSON of ${type.fullName} to be an object, got ${JSON.stringify(json)}`);
  const object: Members = {};
  for (const field of fields) {
    const snake = field.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const value = json[field.name] ?? json[snake];
    if (value !== null && value !== undefined) object[field.name] = fieldFromJson(field, value);
  }
  return object;
}

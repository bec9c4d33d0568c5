import { HostBuffer } from '../binary/host-buffer.ts';
import { encodeMessage } from '../message-codec.ts';
import { findMessageSchema } from '../schema.ts';
import { describeJson } from './json-message-error.ts';
import type { JsonSource } from './json-source.ts';
import { scalarFromJson } from './scalar-from-json.ts';
import { parseDuration, parseTimestamp, type SecondsAndNanos, secondsAndNanos } from './times.ts';
import { isWellKnown } from './well-known-to-json.ts';

type Fields = Readonly<Record<string, unknown>>;
type Read = (json: unknown, reader: JsonSource) => object;

/** The messages that proto3 JSON writes in a form of their own. */
export const WELL_KNOWN_FROM_JSON: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['google.protobuf.Timestamp', timeReader('a time such as 2026-01-31T12:00:00Z', parseTimestamp)],
  ['google.protobuf.Duration', timeReader("a duration such as '1.5s'", parseDuration)],
  ['google.protobuf.Any', anyFromJson],
  ['google.protobuf.Struct', structFromJson],
  ['google.protobuf.Value', valueFromJson],
  ['google.protobuf.ListValue', listFromJson],
  ['google.protobuf.FieldMask', fieldMaskFromJson],
  ['google.protobuf.BoolValue', wrapperReader('bool')],
  ['google.protobuf.StringValue', wrapperReader('string')],
  ['google.protobuf.BytesValue', wrapperReader('bytes')],
  ['google.protobuf.DoubleValue', wrapperReader('double')],
  ['google.protobuf.FloatValue', wrapperReader('float')],
  ['google.protobuf.Int32Value', wrapperReader('int32')],
  ['google.protobuf.UInt32Value', wrapperReader('uint32')],
  ['google.protobuf.Int64Value', wrapperReader('int64')],
  ['google.protobuf.UInt64Value', wrapperReader('uint64')],
]);

function timeReader(expected: string, parse: (text: string) => SecondsAndNanos | undefined): Read {
  return (json, reader) => {
    const time = typeof json === 'string' ? parse(json) : secondsAndNanosFrom(json, reader);
    if (time === undefined) throw reader.error(`expected ${expected}, found ${describeJson(json)}`);
    return time;
  };
}

/** The form of a message that was written field by field. */
function secondsAndNanosFrom(json: unknown, reader: JsonSource): SecondsAndNanos | undefined {
  if (!isObject(json)) return undefined;
  if (Object.keys(json).some((key) => key !== 'seconds' && key !== 'nanos')) return undefined;
  const seconds = scalarFromJson('int64', json['seconds'] ?? 0, reader) as number;
  const nanos = scalarFromJson('int32', json['nanos'] ?? 0, reader) as number;
  return secondsAndNanos(seconds, nanos);
}

function wrapperReader(type: string): Read {
  return (json, reader) => {
    const value = scalarFromJson(type, isObject(json) && 'value' in json ? json['value'] : json, reader);
    const isDefault = value === '' || value === false || Object.is(value, 0);
    return isDefault || (value instanceof Uint8Array && value.length === 0) ? {} : { value };
  };
}

function anyFromJson(json: unknown, reader: JsonSource): object {
  if (!isObject(json)) throw reader.error(`expected an object with @type, found ${describeJson(json)}`);
  const { '@type': typeUrl, ...fields } = json;
  if (typeUrl === undefined) return undressedAny(fields, reader);
  if (typeof typeUrl !== 'string') throw reader.error(`expected @type to be a string, found ${describeJson(typeUrl)}`);
  const type = typeUrl.slice(typeUrl.lastIndexOf('/') + 1);
  if (findMessageSchema(type) === undefined) {
    if (typeof fields['value'] !== 'string') throw reader.error(`there is no message type '${type}'`);
    return anyOf(typeUrl, HostBuffer.from(fields['value'], 'base64'));
  }
  const message = reader.message(type, isWellKnown(type) ? fields['value'] : fields);
  return anyOf(typeUrl, encodeMessage(type, message));
}

function anyOf(typeUrl: string, bytes: Uint8Array): object {
  return bytes.length === 0 ? { typeUrl } : { typeUrl, value: new Uint8Array(bytes) };
}

/** An Any that was written field by field. */
function undressedAny(fields: Fields, reader: JsonSource): object {
  const typeUrl = fields['typeUrl'] ?? fields['type_url'];
  if (typeUrl === undefined && Object.keys(fields).length === 0) return {};
  if (typeof typeUrl !== 'string') throw reader.error('expected an object with @type');
  return anyOf(typeUrl, scalarFromJson('bytes', fields['value'] ?? '', reader) as Uint8Array);
}

function structFromJson(json: unknown, reader: JsonSource): object {
  if (!isObject(json)) throw reader.error(`expected an object, found ${describeJson(json)}`);
  const entries = Object.entries(json).map(([key, value]) => [key, reader.at(key, () => valueFromJson(value, reader))]);
  return entries.length === 0 ? {} : { fields: Object.fromEntries(entries) };
}

function valueFromJson(json: unknown, reader: JsonSource): object {
  if (json === null) return { nullValue: 0 };
  if (typeof json === 'string') return { stringValue: json };
  if (typeof json === 'number') return { numberValue: json };
  if (typeof json === 'boolean') return { boolValue: json };
  return Array.isArray(json)
    ? { listValue: listFromJson(json, reader) }
    : { structValue: structFromJson(json, reader) };
}

function listFromJson(json: unknown, reader: JsonSource): object {
  if (!Array.isArray(json)) throw reader.error(`expected an array, found ${describeJson(json)}`);
  const values = json.map((value, index) => reader.at(index, () => valueFromJson(value, reader)));
  return values.length === 0 ? {} : { values };
}

function fieldMaskFromJson(json: unknown, reader: JsonSource): object {
  if (isObject(json) && Array.isArray(json['paths'])) return { paths: json['paths'].map(String) };
  if (typeof json !== 'string') throw reader.error(`expected field names, found ${describeJson(json)}`);
  if (json === '') return {};
  return { paths: json.split(',').map((path) => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)) };
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

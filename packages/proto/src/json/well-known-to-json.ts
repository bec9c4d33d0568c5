import { HostBuffer } from '../binary/host-buffer.ts';
import { decodeMessage } from '../message-codec.ts';
import { findMessageSchema } from '../schema.ts';
import { JsonMessageError } from './json-message-error.ts';
import type { JsonValue } from './json-value.ts';
import { formatDuration, formatTimestamp } from './times.ts';

type Fields = Readonly<Record<string, unknown>>;
type Recurse = (type: string, message: unknown, path: string) => JsonValue;
type Write = (message: Fields, path: string, recurse: Recurse) => JsonValue;

const numberOrName: Write = ({ value }) => {
  const number = Number(value ?? 0);
  return Number.isFinite(number) ? number : String(number);
};
const longText: Write = ({ value }) => `${(value ?? 0) as number}`;

/** The messages that proto3 JSON writes in a form of their own. */
export const WELL_KNOWN_TO_JSON: ReadonlyMap<string, Write> = new Map<string, Write>([
  ['google.protobuf.Timestamp', timestampToJson],
  ['google.protobuf.Duration', (message) => formatDuration(message)],
  ['google.protobuf.Any', anyToJson],
  ['google.protobuf.Struct', structToJson],
  ['google.protobuf.Value', valueToJson],
  ['google.protobuf.ListValue', listToJson],
  ['google.protobuf.FieldMask', ({ paths }) => ((paths ?? []) as string[]).map(camelCase).join(',')],
  ['google.protobuf.BoolValue', ({ value }) => value === true],
  ['google.protobuf.StringValue', ({ value }) => (value ?? '') as string],
  ['google.protobuf.BytesValue', ({ value }) => HostBuffer.from((value ?? []) as Uint8Array).toString('base64')],
  ['google.protobuf.DoubleValue', numberOrName],
  ['google.protobuf.FloatValue', numberOrName],
  ['google.protobuf.Int32Value', numberOrName],
  ['google.protobuf.UInt32Value', numberOrName],
  ['google.protobuf.Int64Value', longText],
  ['google.protobuf.UInt64Value', longText],
]);

/** Types whose JSON is not an object of fields carry it as `value` within an Any. */
export function isWellKnown(type: string): boolean {
  return WELL_KNOWN_TO_JSON.has(type);
}

function timestampToJson(message: Fields, path: string): JsonValue {
  const text = formatTimestamp(message);
  if (text === undefined)
    throw new JsonMessageError(path, `a time outside of the years 1 to 9999: ${Number(message['seconds'])} s`);
  return text;
}

function anyToJson({ typeUrl, value }: Fields, path: string, recurse: Recurse): JsonValue {
  if (typeof typeUrl !== 'string' || typeUrl === '') return {};
  const type = typeUrl.slice(typeUrl.lastIndexOf('/') + 1);
  const bytes = (value ?? new Uint8Array(0)) as Uint8Array;
  if (findMessageSchema(type) === undefined)
    return { '@type': typeUrl, value: HostBuffer.from(bytes).toString('base64') };
  const json = recurse(type, decodeMessage(type, bytes), path);
  if (isWellKnown(type)) return { '@type': typeUrl, value: json };
  return { '@type': typeUrl, ...(json as { [key: string]: JsonValue }) };
}

function structToJson({ fields }: Fields, path: string, recurse: Recurse): JsonValue {
  return Object.fromEntries(
    Object.entries((fields ?? {}) as Fields).map(([key, value]) => [
      key,
      recurse('google.protobuf.Value', value, `${path}['${key}']`),
    ]),
  );
}

function valueToJson(message: Fields, path: string, recurse: Recurse): JsonValue {
  if (typeof message['stringValue'] === 'string') return message['stringValue'];
  if (typeof message['numberValue'] === 'number') return message['numberValue'];
  if (typeof message['boolValue'] === 'boolean') return message['boolValue'];
  if (message['structValue']) return structToJson(message['structValue'] as Fields, path, recurse);
  if (message['listValue']) return listToJson(message['listValue'] as Fields, path, recurse);
  return null;
}

function listToJson({ values }: Fields, path: string, recurse: Recurse): JsonValue {
  return ((values ?? []) as unknown[]).map((value, index) =>
    recurse('google.protobuf.Value', value, `${path}[${index}]`),
  );
}

function camelCase(path: string): string {
  return path.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

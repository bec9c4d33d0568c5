/**
 * Payloads as they cross the wall of the isolate (see payload-shape.ts), and values straight to and from that form:
 * with the default converter, JSON text crosses as it is and is never made into bytes inside.
 */
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import type { Payload, WallPayload } from '../payload-shape.ts';
import { unconvertible, type PayloadConverter } from './payload-converter.ts';
import { encodingTypes } from './payload-encodings.ts';
import { RawValue } from './raw-value.ts';
import { defaultPayloadConverter, isUint8Array } from './default-payload-converter.ts';
import type { TypeInfo } from '../type-info.ts';
import { fromPayloadWithTypeInfo, toPayloadWithTypeInfo } from './typed-payloads.ts';

const { METADATA_ENCODING_NULL, METADATA_ENCODING_RAW, METADATA_ENCODING_JSON } = encodingTypes;

/** The form of a payload that crosses the wall. Lossless. */
export function toWallPayload(payload: Payload): WallPayload {
  const wall: WallPayload = {};
  const { metadata, data } = payload;
  if (metadata) {
    const m: Record<string, string> = {};
    let binaryKeys: string[] | undefined;
    for (const key of Object.keys(metadata)) {
      const bytes = metadata[key] ?? new Uint8Array();
      const text = decodeUtf8(bytes);
      if (text === undefined) (binaryKeys ??= []).push(key);
      setOwn(m, key, text ?? encodeBase64(bytes));
    }
    wall.m = m;
    if (binaryKeys !== undefined) wall.binaryKeys = binaryKeys;
  }
  if (data) {
    const text = decodeUtf8(data);
    wall.d = text ?? encodeBase64(data);
    if (text === undefined) wall.b = true;
  }
  return wall;
}

/** The payload of its form at the wall. */
export function fromWallPayload(wall: WallPayload): Payload {
  const payload: Payload = {};
  if (wall.m !== undefined) {
    const metadata: Record<string, Uint8Array> = {};
    for (const key of Object.keys(wall.m)) {
      const text = wall.m[key] ?? '';
      setOwn(metadata, key, wall.binaryKeys?.includes(key) === true ? decodeBase64(text) : encodeUtf8(text));
    }
    payload.metadata = metadata;
  }
  if (wall.d !== undefined) payload.data = wall.b === true ? decodeBase64(wall.d) : encodeUtf8(wall.d);
  return payload;
}

function setOwn<T>(target: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

/** The payload of a value, of a type that may be declared, in the form of the wall. */
export function valueToWall(converter: PayloadConverter, value: unknown, typeInfo?: TypeInfo): WallPayload {
  if (typeInfo !== undefined) return toWallPayload(toPayloadWithTypeInfo(converter, value, undefined, typeInfo));
  if (converter !== defaultPayloadConverter) return toWallPayload(converter.toPayload(value));
  if (value === undefined) return { m: { encoding: METADATA_ENCODING_NULL } };
  if (value instanceof RawValue) return toWallPayload(value.payload);
  if (isUint8Array(value)) return toWallPayload(defaultPayloadConverter.toPayload(value));
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch {
    throw unconvertible(value);
  }
  return { m: { encoding: METADATA_ENCODING_JSON }, d: json ?? '' };
}

/** The value of a payload in the form of the wall, of a type that may be declared. */
export function wallToValue<T>(converter: PayloadConverter, wall: WallPayload, typeInfo?: TypeInfo): T {
  if (typeInfo !== undefined)
    return fromPayloadWithTypeInfo(converter, fromWallPayload(wall), undefined, typeInfo) as T;
  if (converter !== defaultPayloadConverter) return converter.fromPayload<T>(fromWallPayload(wall));
  const encoding = wall.m?.['encoding'];
  if (encoding === METADATA_ENCODING_JSON && wall.b !== true && wall.d !== undefined) return JSON.parse(wall.d) as T;
  if (encoding === METADATA_ENCODING_NULL) return undefined as T;
  if (encoding === METADATA_ENCODING_RAW) return (fromWallPayload(wall).data as T) ?? (new Uint8Array() as T);
  return defaultPayloadConverter.fromPayload<T>(fromWallPayload(wall));
}

/** Search attributes as payloads: JSON with the type's name in the metadata. Codecs never touch them. */
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { ValueError } from '../errors.ts';
import type { Payload } from '../payload-shape.ts';
import {
  isValidForType,
  metadataTypes,
  TypedSearchAttributes,
  type SearchAttributePair,
  type SearchAttributes,
  type SearchAttributeType,
  type SearchAttributeUpdatePair,
  type SearchAttributeValue,
} from '../search-attributes.ts';
import { defaultPayloadConverter } from './default-payload-converter.ts';

const TYPES_BY_METADATA_NAME: ReadonlyMap<string, SearchAttributeType> = new Map(
  Object.entries(metadataTypes).map(([type, name]) => [name, type as SearchAttributeType]),
);

/** The type that a payload's metadata names. */
export function searchAttributeTypeOf(payload: Payload): SearchAttributeType | undefined {
  const bytes = payload.metadata?.['type'];
  const name = bytes ? decodeUtf8(bytes) : undefined;
  return name === undefined ? undefined : TYPES_BY_METADATA_NAME.get(name);
}

function encodeUntyped(values: unknown): Payload {
  if (!Array.isArray(values)) throw new ValueError('SearchAttribute value must be an array');
  const list: unknown[] = values;
  const [first] = list;
  list.forEach((value, index) => {
    if (!(value instanceof Date) && !['string', 'number', 'boolean'].includes(typeof value)) {
      throw new ValueError(
        `SearchAttribute values must be arrays of strings, numbers, booleans, or Dates. The value ${String(value)} at index ${index} is of type ${typeof value}`,
      );
    }
    if (typeof value !== typeof first) {
      throw new ValueError(
        `All SearchAttribute array values must be of the same type. The first value ${String(first)} of type ${typeof first} doesn't match value ${String(value)} of type ${typeof value} at index ${index}`,
      );
    }
  });
  return defaultPayloadConverter.toPayload(list);
}

function encodeTyped({ key, value }: SearchAttributeUpdatePair): Payload {
  if (value === null) return defaultPayloadConverter.toPayload(null);
  if (!isValidForType(key.type, value)) {
    throw new ValueError(`Invalid search attribute value ${String(value)} for given type ${key.type}`);
  }
  const payload = defaultPayloadConverter.toPayload(value);
  return { ...payload, metadata: { ...payload.metadata, type: encodeUtf8(metadataTypes[key.type]) } };
}

/** The payloads of untyped attributes; undefined values are left out. */
export function encodeSearchAttributes(attributes: SearchAttributes): Record<string, Payload> {
  const payloads: Record<string, Payload> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) payloads[name] = encodeUntyped(value);
  }
  return payloads;
}

/** The payloads of typed attributes; null removes an attribute. */
export function encodeTypedSearchAttributes(
  attributes: TypedSearchAttributes | readonly SearchAttributeUpdatePair[],
): Record<string, Payload> {
  const pairs = attributes instanceof TypedSearchAttributes ? attributes.getAll() : attributes;
  return Object.fromEntries(pairs.map((pair) => [pair.key.name, encodeTyped(pair)]));
}

/** The payloads of both kinds together; typed ones win. */
export function encodeUnifiedSearchAttributes(
  untyped: SearchAttributes | undefined,
  typed: TypedSearchAttributes | readonly SearchAttributeUpdatePair[] | undefined,
): Record<string, Payload> {
  return { ...(untyped ? encodeSearchAttributes(untyped) : {}), ...(typed ? encodeTypedSearchAttributes(typed) : {}) };
}

function decodeValue(payload: Payload): { type: SearchAttributeType | undefined; value: unknown } {
  return { type: searchAttributeTypeOf(payload), value: defaultPayloadConverter.fromPayload(payload) };
}

function decodeUntyped(payload: Payload): unknown[] {
  const { type, value } = decodeValue(payload);
  const list = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (one) => one !== null && one !== undefined,
  );
  return type === 'DATETIME' ? list.map((text) => new Date(String(text))) : list;
}

/** Untyped attributes, always as arrays. */
export function decodeSearchAttributes(payloads: Record<string, Payload> | null | undefined): SearchAttributes {
  const attributes: SearchAttributes = {};
  for (const [name, payload] of Object.entries(payloads ?? {})) {
    const values = decodeUntyped(payload);
    if (values.length > 0) attributes[name] = values as SearchAttributeValue;
  }
  return attributes;
}

/** Typed attributes; those without a type in their metadata are left out. */
export function decodeTypedSearchAttributes(
  payloads: Record<string, Payload> | null | undefined,
): TypedSearchAttributes {
  const pairs: SearchAttributePair[] = [];
  for (const [name, payload] of Object.entries(payloads ?? {})) {
    const { type, value } = decodeValue(payload);
    if (type === undefined || value === null || value === undefined) continue;
    const one: unknown = type !== 'KEYWORD_LIST' && Array.isArray(value) ? (value as unknown[])[0] : value;
    if (one === undefined) continue;
    const typed =
      type === 'DATETIME' ? new Date(String(one)) : type === 'KEYWORD_LIST' && !Array.isArray(one) ? [one] : one;
    if (isValidForType(type, typed)) pairs.push({ key: { name, type }, value: typed } as SearchAttributePair);
  }
  return new TypedSearchAttributes(pairs);
}

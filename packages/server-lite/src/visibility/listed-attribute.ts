import type { Payload } from '@reprise/common';
import type { SearchAttributeType } from '../system/search-attribute/search-attribute-type.ts';

const encoder = new TextEncoder();

const listedOne = (type: SearchAttributeType, value: unknown): unknown =>
  type === 'Datetime'
    ? new Date(String(value))
        .toISOString()
        .replace(/(\.\d*?)0+Z$/, '$1Z')
        .replace('.Z', 'Z')
    : value;

/** A search attribute as lists show it: what was understood of the value, with its type, not the bytes that were given. */
export function listedAttribute(type: SearchAttributeType, value: unknown): Payload {
  const values = type === 'KeywordList' || !Array.isArray(value) ? [value] : value;
  const listed = values.map((item: unknown) => listedOne(type, item));
  return {
    metadata: { encoding: encoder.encode('json/plain'), type: encoder.encode(type) },
    data: encoder.encode(JSON.stringify(listed.length === 1 ? listed[0] : listed)),
  };
}

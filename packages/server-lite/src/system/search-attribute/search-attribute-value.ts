/** Values of search attributes, from payload to what is compared, and into the text of messages about them. */
import type { Payload } from '@reprise/common';
import type { SearchAttributeType } from './search-attribute-type.ts';

const decoder = new TextDecoder();

const encodingOf = (payload: Payload): string => {
  const bytes = payload.metadata?.['encoding'];
  return bytes ? decoder.decode(bytes) : '';
};

export type SearchAttributeRead =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly shown: string };

const isDatetime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  !Number.isNaN(Date.parse(value));

const isOfType: Readonly<Record<SearchAttributeType, (value: unknown) => boolean>> = {
  Text: (value) => typeof value === 'string',
  Keyword: (value) => typeof value === 'string',
  Int: (value) => Number.isInteger(value),
  Double: (value) => typeof value === 'number',
  Bool: (value) => typeof value === 'boolean',
  Datetime: isDatetime,
  KeywordList: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

/** A list of one stands for that one. */
const fits = (type: SearchAttributeType, value: unknown): boolean =>
  isOfType[type](value) ||
  (type !== 'KeywordList' && Array.isArray(value) && value.length === 1 && isOfType[type](value[0]));

export function readSearchAttribute(payload: Payload, type: SearchAttributeType): SearchAttributeRead {
  const data = payload.data ?? new Uint8Array();
  const encoding = encodingOf(payload);
  if (encoding === 'binary/null') return { kind: 'none' };
  if (encoding === '') return { kind: 'invalid', shown: `value from <${protoText(payload)}>` };
  if (encoding !== 'json/plain') return { kind: 'invalid', shown: `[${data.join(' ')}]` };
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(data));
  } catch {
    return { kind: 'invalid', shown: `value from <${protoText(payload)}>` };
  }
  if (value === null || (Array.isArray(value) && value.length === 0)) return { kind: 'none' };
  return fits(type, value) ? { kind: 'value', value } : { kind: 'invalid', shown: showValue(value) };
}

/** As the messages of this API print a decoded value: `map[a:1]`, `[a b]`, and numbers and text bare. */
function showValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(' ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, item]) => `${key}:${showValue(item)}`).join(' ')}]`;
  }
  return value === null ? '<nil>' : String(value);
}

const quoted = (bytes: Uint8Array): string => JSON.stringify(decoder.decode(bytes));

/** Protobuf's text format of a payload, on one line. */
function protoText(payload: Payload): string {
  const metadata = Object.entries(payload.metadata ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `metadata:{key:${JSON.stringify(key)} value:${quoted(value)}}`);
  const data = payload.data?.length ? [`data:${quoted(payload.data)}`] : [];
  return [...metadata, ...data].join(' ');
}

import { expect, test } from 'vitest';

import {
  decodeSearchAttributes,
  decodeTypedSearchAttributes,
  encodeUnifiedSearchAttributes,
} from './converter/search-attribute-payloads.ts';
import {
  defineSearchAttributeKey,
  encodeSearchAttributeIndexedValueType,
  TypedSearchAttributes,
  type SearchAttributePair,
} from './search-attributes.ts';
import { decode } from './text-bytes.ts';

const pairs: SearchAttributePair[] = [
  { key: defineSearchAttributeKey('Text', 'TEXT'), value: 'some text' },
  { key: defineSearchAttributeKey('Keyword', 'KEYWORD'), value: 'word' },
  { key: defineSearchAttributeKey('Int', 'INT'), value: 3 },
  { key: defineSearchAttributeKey('Double', 'DOUBLE'), value: 1.5 },
  { key: defineSearchAttributeKey('Bool', 'BOOL'), value: false },
  { key: defineSearchAttributeKey('When', 'DATETIME'), value: new Date(1_700_000_000_000) },
  { key: defineSearchAttributeKey('List', 'KEYWORD_LIST'), value: ['a', 'b'] },
];

test('typed attributes become payloads and come back', () => {
  const payloads = encodeUnifiedSearchAttributes(undefined, new TypedSearchAttributes(pairs));
  expect(decode(payloads['When']?.data ?? undefined)).toBe('"2023-11-14T22:13:20.000Z"');
  expect(decode(payloads['List']?.metadata?.['type'] ?? undefined)).toBe('KeywordList');
  expect(decodeTypedSearchAttributes(payloads).getAll()).toEqual(pairs);
  expect(decodeSearchAttributes(payloads)).toMatchObject({
    Int: [3],
    List: ['a', 'b'],
    When: [new Date(1_700_000_000_000)],
  });
});

test('untyped attributes are arrays of one kind', () => {
  expect(decode(encodeUnifiedSearchAttributes({ A: [1, 2] }, undefined)['A']?.data ?? undefined)).toBe('[1,2]');
  expect(() => encodeUnifiedSearchAttributes({ A: 'x' as never }, undefined)).toThrow(
    'SearchAttribute value must be an array',
  );
  expect(() => encodeUnifiedSearchAttributes({ A: [1, 'x'] as never }, undefined)).toThrow(
    "All SearchAttribute array values must be of the same type. The first value 1 of type number doesn't match value x of type string at index 1",
  );
});

test('values that are not of their type are refused', () => {
  const key = defineSearchAttributeKey('Int', 'INT');
  expect(() => new TypedSearchAttributes([{ key, value: 1.5 }])).toThrow(
    'Invalid search attribute value 1.5 for given type INT',
  );
  expect(() => new TypedSearchAttributes([pairs[0] as never, pairs[0] as never])).toThrow(
    'Duplicate search attribute key: Text',
  );
});

test('updates make a copy; null takes away', () => {
  const attributes = new TypedSearchAttributes(pairs);
  const int = defineSearchAttributeKey('Int', 'INT');
  const changed = attributes.updateCopy([
    { key: int, value: 4 },
    { key: defineSearchAttributeKey('Text', 'TEXT'), value: null },
  ]);
  expect([attributes.get(int), changed.get(int), changed.getAll()]).toEqual([
    3,
    4,
    expect.not.arrayContaining([pairs[0]]),
  ]);
  expect(changed.get(defineSearchAttributeKey('Int', 'TEXT'))).toBeUndefined();
});

test('types are told to servers by their numbers', () => {
  expect(pairs.map(({ key }) => encodeSearchAttributeIndexedValueType(key.type))).toEqual(
    pairs.map(({ key }) =>
      ['UNSPECIFIED', 'TEXT', 'KEYWORD', 'INT', 'DOUBLE', 'BOOL', 'DATETIME', 'KEYWORD_LIST'].indexOf(key.type),
    ),
  );
  expect(encodeSearchAttributeIndexedValueType(undefined)).toBeUndefined();
  expect(encodeSearchAttributeIndexedValueType('INDEXED_VALUE_TYPE_BOOL')).toBe(5);
});

import { expect, test } from 'vitest';
import { searchAttributePayloadConverter as converter } from './converter/payload-search-attributes.ts';
import { STACK_TRACE_QUERY_NAME, TEMPORAL_RESERVED_PREFIX, throwIfReservedName } from './reserved.ts';

test('reserved names are told, and refused', () => {
  expect(() => throwIfReservedName('sink', `${TEMPORAL_RESERVED_PREFIX}x`)).toThrow('with reserved prefix');
  expect(() => throwIfReservedName('query', STACK_TRACE_QUERY_NAME)).toThrow('which is a reserved name');
});

test('the values of an untyped attribute are converted as a list', () => {
  expect(converter.fromPayload(converter.toPayload([1, 2]))).toEqual([1, 2]);
  expect(() => converter.toPayload(1)).toThrow('must be an array');
});

import { expect, it } from 'vitest';
import { ValueError } from '../errors.ts';
import { encodeTypedSearchAttributes } from './search-attribute-payloads.ts';
import { searchAttributePayloadConverter as converter } from './search-attribute-payload-converter.ts';

it.each([[['a', 'b']], [[1, 2.5]], [[true]], [[]]])('gives back what it was given: %o', (values) => {
  expect(converter.fromPayload(converter.toPayload(values))).toEqual(values);
});

it('knows dates by the type that the payload names, and always gives an array', () => {
  const date = new Date(0);
  const { due } = encodeTypedSearchAttributes([{ key: { name: 'due', type: 'DATETIME' }, value: date }]);
  expect(due && converter.fromPayload(due)).toEqual([date]);
});

it.each([['text'], [undefined], [{}], [['a', 1]], [[null]]])('refuses what is no list of one type: %o', (values) => {
  expect(() => converter.toPayload(values)).toThrow(ValueError);
});

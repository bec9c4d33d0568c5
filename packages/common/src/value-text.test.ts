import { expect, it } from 'vitest';
import { valueFromText, valueToText } from './value-text.ts';

const roundTrip = (value: unknown): unknown => valueFromText(valueToText(value));

it.each([
  [['text', 1, true, null, { a: [1] }]],
  [{ at: new Date(5), never: [new Date(Number.NaN)] }],
  [[undefined, 1]],
  [[10n, Number.NaN, Number.POSITIVE_INFINITY]],
  [new Map<unknown, unknown>([[new Date(1), { deep: 1n }]])],
  [new Set(['a', new Date(2)])],
  [{ bytes: new Uint8Array([1, 2, 255]) }],
  [{ $reprise: 'date', value: 7 }],
  [{ $reprise: { $reprise: 1 }, at: new Date(3) }],
])('gives values back: %o', (value) => {
  expect(roundTrip(value)).toEqual(value);
});

it('gives back errors with what they say, causes and own properties', () => {
  class OutOfStock extends Error {
    override name = 'OutOfStock';
    readonly at = new Date(9);
  }
  const error = new OutOfStock('none left', { cause: new TypeError('deep') });
  const [seen] = roundTrip([Object.assign(error, { failure: { message: 'again' } })]) as [OutOfStock];
  expect(seen).toBeInstanceOf(Error);
  expect(seen).toMatchObject({ name: 'OutOfStock', message: 'none left', stack: error.stack, at: new Date(9) });
  expect(seen.cause).toMatchObject({ name: 'TypeError', message: 'deep' });
  expect(seen).not.toHaveProperty('failure');
});

it('takes nothing for an error that only looks like one', () => {
  const order = { name: 'Ada', message: 'please hurry' };
  expect(roundTrip([order])).toStrictEqual([order]);
});

it('never throws', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  expect(roundTrip(cycle)).toEqual([expect.stringContaining('[not serialisable: ')]);
  expect(roundTrip(undefined)).toBeNull();
  expect(roundTrip([{ f: () => 1, s: Symbol('x') }])).toEqual([{}]);
});

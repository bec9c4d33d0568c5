import { expect, test } from 'vitest';

import { msNumberToTs, msOptionalToTs, msToNumber, msToTs, optionalTsToMs, tsToMs, type Duration } from './duration.ts';

test.each([
  ['30 seconds', 30_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
  ['5 msecs', 5],
  ['2 MINUTES', 120_000],
  ['3m', 180_000],
  ['1 day', 86_400_000],
  ['2w', 1_209_600_000],
  ['1y', 31_557_600_000],
  ['-3s', -3_000],
  ['.5s', 500],
  ['100', 100],
  [42, 42],
] as [Duration, number][])('msToNumber(%j) is %d', (duration, ms) => expect(msToNumber(duration)).toBe(ms));

test.each(['', 'soon', '1 fortnight', '1s 2s', `${'1'.repeat(101)}`])('msToNumber(%j) throws', (text) => {
  expect(() => msToNumber(text as Duration)).toThrow(new TypeError(`Invalid duration string: '${text}'`));
});

test('durations become messages and come back', () => {
  expect(msToTs('1.5s')).toEqual({ seconds: 1, nanos: 500_000_000 });
  expect(msNumberToTs(-1)).toEqual({ seconds: -1, nanos: 999_000_000 });
  expect(msOptionalToTs(undefined)).toBeUndefined();
  expect(tsToMs({ seconds: 1, nanos: 500_000_000 })).toBe(1_500);
  expect(optionalTsToMs(null)).toBeUndefined();
  expect(() => tsToMs(undefined)).toThrow('Expected timestamp, got undefined');
});

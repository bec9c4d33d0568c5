import { expect, test } from 'vitest';
import { parseTimeout } from './parse-timeout.ts';

test.each([
  ['1H', 3_600_000],
  ['2M', 120_000],
  ['10S', 10_000],
  ['99999999m', 99_999_999],
  ['0m', 0],
  ['1500u', 2],
  ['1n', 1],
  ['', undefined],
  ['10', undefined],
  ['m', undefined],
  ['1.5S', undefined],
  ['-1S', undefined],
  ['1x', undefined],
])('%j is %s ms', (text, expected) => {
  expect(parseTimeout(text)).toBe(expected);
});

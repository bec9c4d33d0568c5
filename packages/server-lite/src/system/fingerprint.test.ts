import { expect, it } from 'vitest';
import { fingerprint32 } from './fingerprint.ts';

it.each([
  ['', 3696677242],
  ['a', 1016544589],
  ['ab\xff', 382277436],
  ['abcd', 2562006677],
  ['abcde', 2750637740],
  ['abcdefghijkl', 1769366226],
  ['abcdefghijklm', 1792790684],
  ['order-2026-11-28', 3959787022],
  ['abcdefghijklmnopqrstuvwx', 222712484],
  ['abcdefghijklmnopqrstuvwxy', 1851954435],
  ['00000000-0000-0000-0000-000000000000-schedule', 2709439215],
])('%j has the fingerprint %d', (text, expected) => {
  expect(fingerprint32(Buffer.from(text, 'latin1'))).toBe(expected);
});

import { decode, encode } from '@jridgewell/sourcemap-codec';
import { expect, it } from 'vitest';
import { readVlq, vlqText } from './vlq.ts';

it.each([0, 1, -1, 15, 16, -16, 31, 1000, -123_456, 2 ** 29])('writes and reads %i as source maps do', (value) => {
  const text = vlqText(value);
  expect(readVlq(`${text}AAA`)).toEqual({ value, length: text.length });
  if (value >= 0) expect(encode([[[value]]])).toBe(text);
  if (value >= 0) expect(decode(text)).toEqual([[[value]]]);
});

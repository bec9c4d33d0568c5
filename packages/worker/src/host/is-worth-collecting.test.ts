import { expect, it } from 'vitest';
import { isWorthCollecting } from './is-worth-collecting.ts';

const MB = 1024 * 1024;

it.each([
  { used: 5, afterLast: 0, expected: false },
  { used: 8, afterLast: 0, expected: true },
  { used: 15, afterLast: 8, expected: false },
  { used: 20, afterLast: 8, expected: true },
  { used: 110, afterLast: 100, expected: false },
  { used: 126, afterLast: 100, expected: true },
  { used: 129, afterLast: 20, expected: false },
])('$used MB, $afterLast after the last time: $expected', ({ used, afterLast, expected }) => {
  expect(isWorthCollecting(used * MB, afterLast * MB)).toBe(expected);
});

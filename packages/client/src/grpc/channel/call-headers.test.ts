import { describe, expect, it } from 'vitest';
import { grpcTimeout } from './call-headers.ts';

describe('grpcTimeout', () => {
  it.each([
    [-5, '0m'],
    [0, '0m'],
    [0.2, '1m'],
    [70_000, '70000m'],
    [99_999_999, '99999999m'],
    [100_000_000, '100000S'],
    [100_000_000_001, '1666667M'],
    [Number.POSITIVE_INFINITY, '99999999H'],
  ])('writes %d ms as %s', (leftMs, text) => {
    expect(grpcTimeout(leftMs)).toBe(text);
  });
});

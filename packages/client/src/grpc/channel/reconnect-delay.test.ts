import { describe, expect, it } from 'vitest';
import { reconnectDelayMs } from './reconnect-delay.ts';

describe('reconnectDelayMs', () => {
  const settings = { initialMs: 100, maxMs: 1_000 };
  it.each([
    [1, 0.5, 100],
    [2, 0.5, 160],
    [3, 0.5, 256],
    [9, 0.5, 1_000],
    [1_000_000, 0.5, 1_000],
    [1, 0, 80],
    [1, 1, 120],
  ])('after %i failures, with chance %d: %d ms', (failures, random, delayMs) => {
    expect(reconnectDelayMs(settings, failures, random)).toBeCloseTo(delayMs, 6);
  });
});

import { expect, test } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.ts';

const minute = 60_000;

function broken(): CircuitBreaker {
  const breaker = new CircuitBreaker();
  for (let failures = 0; failures < 6; failures++) breaker.admit(0)?.(false, 0);
  return breaker;
}

test('opens at the sixth failure in a row', () => {
  const breaker = new CircuitBreaker();
  for (const isUp of [false, false, false, false, false, true, false, false, false, false, false]) {
    breaker.admit(0)?.(isUp, 0);
    expect(breaker.isClosed(0)).toBe(true);
  }
  breaker.admit(0)?.(false, 0);
  expect(breaker.isClosed(0)).toBe(false);
});

test('lets nothing through for a minute, and then one request', () => {
  const breaker = broken();
  expect(breaker.admit(minute - 1)).toBeUndefined();
  expect(breaker.retryMs(minute - 1)).toBe(minute);
  const settle = breaker.admit(minute);
  expect(settle).toBeDefined();
  expect(breaker.admit(minute)).toBeUndefined();
  expect(breaker.retryMs(minute)).toBe(minute + 3000);
  expect(breaker.isClosed(minute)).toBe(false);
});

test('closes when that one succeeds, and opens again when it fails', () => {
  const mended = broken();
  mended.admit(minute)?.(true, minute);
  expect(mended.isClosed(minute)).toBe(true);
  const stillBroken = broken();
  stillBroken.admit(minute)?.(false, minute + 5);
  expect(stillBroken.retryMs(minute + 5)).toBe(2 * minute + 5);
});

test('forgets requests that were under way when it opened', () => {
  const breaker = new CircuitBreaker();
  const slow = breaker.admit(0);
  for (let failures = 0; failures < 6; failures++) breaker.admit(0)?.(false, 0);
  slow?.(true, 1);
  expect(breaker.isClosed(1)).toBe(false);
  breaker.admit(minute);
  slow?.(true, minute);
  expect(breaker.isClosed(minute)).toBe(false);
});

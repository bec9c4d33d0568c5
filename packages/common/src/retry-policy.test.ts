import { expect, test } from 'vitest';

import { ValueError } from './errors.ts';
import {
  compileRetryPolicy,
  decompileRetryPolicy,
  retryDelayMs,
  retryPolicyMs,
  type RetryPolicy,
} from './retry-policy.ts';

test.each<[RetryPolicy, string]>([
  [{ backoffCoefficient: 0 }, 'RetryPolicy.backoffCoefficient must be greater than 0'],
  [{ maximumAttempts: 0 }, 'RetryPolicy.maximumAttempts must be a positive integer'],
  [{ maximumAttempts: -1 }, 'RetryPolicy.maximumAttempts must be a positive integer'],
  [{ maximumAttempts: 1.5 }, 'RetryPolicy.maximumAttempts must be an integer'],
  [{ maximumInterval: 0 }, 'RetryPolicy.maximumInterval cannot be 0'],
  [{ initialInterval: 0 }, 'RetryPolicy.initialInterval cannot be 0'],
  [{ maximumInterval: 1, initialInterval: 3 }, 'RetryPolicy.maximumInterval cannot be less than its initialInterval'],
])('%j is refused', (policy, message) => {
  expect(() => compileRetryPolicy(policy)).toThrow(new ValueError(message));
});

test('a policy becomes a message and comes back', () => {
  const policy = {
    backoffCoefficient: 1.5,
    initialInterval: 200,
    maximumAttempts: 4,
    maximumInterval: 2_000,
    nonRetryableErrorTypes: ['A'],
  };
  expect(decompileRetryPolicy(compileRetryPolicy(policy))).toEqual(policy);
  expect(compileRetryPolicy({ maximumAttempts: Number.POSITIVE_INFINITY })).toStrictEqual({
    initialInterval: { seconds: 1, nanos: 0 },
    maximumInterval: undefined,
    backoffCoefficient: undefined,
    maximumAttempts: undefined,
    nonRetryableErrorTypes: undefined,
  });
  expect(retryPolicyMs({ initialInterval: '2s' })).toEqual({ initialIntervalMs: 2_000 });
  expect(decompileRetryPolicy(null)).toBeUndefined();
});

test('waits grow up to the maximum and end with the attempts', () => {
  expect([1, 2, 3].map((attempt) => retryDelayMs({}, attempt))).toEqual([1_000, 2_000, 4_000]);
  expect(retryDelayMs({}, 60)).toBe(100_000);
  expect(retryDelayMs({ maximumIntervalMs: 1_500 }, 2)).toBe(1_500);
  expect(retryDelayMs({ maximumAttempts: 2 }, 2)).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import { defaultGrpcRetryOptions, isRetryableError } from './retry.ts';
import { status } from './status.ts';

describe('isRetryableError', () => {
  it.each([
    ['UNKNOWN', true],
    ['RESOURCE_EXHAUSTED', true],
    ['UNAVAILABLE', true],
    ['ABORTED', true],
    ['DATA_LOSS', true],
    ['OUT_OF_RANGE', true],
    ['INTERNAL', false],
    ['CANCELLED', false],
    ['DEADLINE_EXCEEDED', false],
    ['INVALID_ARGUMENT', false],
    ['NOT_FOUND', false],
    ['ALREADY_EXISTS', false],
    ['FAILED_PRECONDITION', false],
    ['PERMISSION_DENIED', false],
    ['UNAUTHENTICATED', false],
    ['UNIMPLEMENTED', false],
  ] as const)('%s: %s', (name, retryable) => {
    expect(isRetryableError({ code: status[name], details: '' })).toBe(retryable);
  });

  it.each([
    ['Received RST_STREAM with code 0', true],
    ['Received RST_STREAM with code 2 (Internal server error)', true],
    ['Received RST_STREAM with code 8', false],
    ['Received RST_STREAM with code 20', false],
  ])('INTERNAL with %j: %s', (details, retryable) => {
    expect(isRetryableError({ code: status.INTERNAL, details })).toBe(retryable);
  });
});

describe('defaultGrpcRetryOptions', () => {
  it('grows from 100 ms, or 1 s when the server is exhausted, by 1.7 up to 5 s', () => {
    const { delayFunction } = defaultGrpcRetryOptions({ maxJitter: 0 });
    const delays = (code: number): number[] =>
      [1, 2, 9].map((attempt) => Math.round(delayFunction(attempt, { code, details: '' })));
    expect(delays(status.UNAVAILABLE)).toEqual([100, 170, 5_000]);
    expect(delays(status.RESOURCE_EXHAUSTED)).toEqual([1_000, 1_700, 5_000]);
  });
});

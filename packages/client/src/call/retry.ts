import { status } from './status.ts';

/** When a failed call is made again, and how long to wait before. */
export interface GrpcRetryOptions {
  /** How long to wait before the next attempt; `attempt` counts those that failed. */
  delayFunction: (attempt: number, failure: RetryableFailure) => number;
  /** Whether there is another attempt. */
  retryableDecider: (attempt: number, failure: RetryableFailure) => boolean;
}

/** The two facts of a failed call that decide about another attempt. */
export interface RetryableFailure {
  readonly code: number;
  readonly details: string;
}

/** How the wait between attempts grows. */
export interface BackoffOptions {
  /** Calls in all, the first included; 10 by default. */
  maxAttempts: number;
  /** Of the wait from attempt to attempt; 1.7 by default. */
  factor: number;
  /** Share by which a wait is varied at random; 0.2 by default. */
  maxJitter: number;
  /** First wait after a failure, ms; 100 by default. */
  initialIntervalMs: (failure: RetryableFailure) => number;
  /** Longest wait, ms; 5,000 by default. */
  maxIntervalMs: (failure: RetryableFailure) => number;
}

const retryableCodes: ReadonlySet<number> = new Set([
  status.UNKNOWN,
  status.RESOURCE_EXHAUSTED,
  status.UNAVAILABLE,
  status.ABORTED,
  status.DATA_LOSS,
  status.OUT_OF_RANGE,
]);

/**
 * Whether a call that failed so may succeed when made again.
 *
 * @example
 * ```ts
 * isRetryableError({ code: 14, details: 'No connection established' }); // true
 * ```
 */
export function isRetryableError(failure: RetryableFailure): boolean {
  if (failure.code === status.INTERNAL) return isStreamReset(failure.details);
  return retryableCodes.has(failure.code);
}

// A server or proxy that goes away in the middle of a stream; the call may not have been processed.
function isStreamReset(details: string): boolean {
  return /RST_STREAM with code (0|2)(?!\d)|Call ended without gRPC status/i.test(details);
}

/** The published retry table: 10 attempts, 100 ms (1 s when the server is exhausted), factor 1.7, up to 5 s, 20 % jitter. */
export function defaultGrpcRetryOptions(backoff: Partial<BackoffOptions> = {}): GrpcRetryOptions {
  const options = { ...defaultBackoff, ...backoff };
  return {
    delayFunction: (attempt, failure) => backoffMs(attempt, failure, options),
    retryableDecider: (attempt, failure) => attempt < options.maxAttempts && isRetryableError(failure),
  };
}

const defaultBackoff: BackoffOptions = {
  maxAttempts: 10,
  factor: 1.7,
  maxJitter: 0.2,
  initialIntervalMs: (failure) => (failure.code === status.RESOURCE_EXHAUSTED ? 1_000 : 100),
  maxIntervalMs: () => 5_000,
};

function backoffMs(attempt: number, failure: RetryableFailure, options: BackoffOptions): number {
  const grown = options.initialIntervalMs(failure) * options.factor ** (attempt - 1);
  const limited = Math.min(grown, options.maxIntervalMs(failure));
  return limited * (1 - options.maxJitter + Math.random() * 2 * options.maxJitter);
}

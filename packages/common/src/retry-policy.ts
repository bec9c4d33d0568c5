import { ValueError } from './errors.ts';
import {
  msNumberToTs,
  msOptionalToNumber,
  msToNumber,
  optionalTsToMs,
  type Duration,
  type Timestamp,
} from './duration.ts';

/** How failed activities and workflows are tried again. */
export interface RetryPolicy {
  /** Each wait is this many times as long as the one before. Default 2; at least 1. */
  backoffCoefficient?: number;
  /** The first wait. Default 1 second. */
  initialInterval?: Duration;
  /** Attempts in all, the first one included. Default: no limit. */
  maximumAttempts?: number;
  /** The longest wait. Default 100 times the first one. */
  maximumInterval?: Duration;
  /** Types of application failures (error names) that are not tried again. */
  nonRetryableErrorTypes?: string[];
}

/** The fields of a policy. */
export const knownOfRetryPolicy: { readonly [Name in keyof Required<RetryPolicy>]: true } = {
  backoffCoefficient: true,
  initialInterval: true,
  maximumAttempts: true,
  maximumInterval: true,
  nonRetryableErrorTypes: true,
};

/** temporal.api.common.v1.RetryPolicy. */
export interface RetryPolicyMessage {
  initialInterval?: Timestamp | null | undefined;
  backoffCoefficient?: number | null | undefined;
  maximumInterval?: Timestamp | null | undefined;
  maximumAttempts?: number | null | undefined;
  nonRetryableErrorTypes?: string[] | null | undefined;
}

/** A checked policy with its intervals in milliseconds. */
export interface RetryPolicyMs {
  initialIntervalMs: number;
  backoffCoefficient?: number;
  maximumIntervalMs?: number;
  maximumAttempts?: number;
  nonRetryableErrorTypes?: string[];
}

/** Checks a policy. Throws ValueError with what is wrong. */
export function validateRetryPolicy(policy: RetryPolicy): void {
  const { backoffCoefficient, maximumAttempts } = policy;
  if (backoffCoefficient !== undefined && backoffCoefficient <= 0) {
    throw new ValueError('RetryPolicy.backoffCoefficient must be greater than 0');
  }
  if (maximumAttempts !== undefined && maximumAttempts !== Number.POSITIVE_INFINITY) {
    if (maximumAttempts <= 0) throw new ValueError('RetryPolicy.maximumAttempts must be a positive integer');
    if (!Number.isInteger(maximumAttempts)) throw new ValueError('RetryPolicy.maximumAttempts must be an integer');
  }
  const maximumIntervalMs = msOptionalToNumber(policy.maximumInterval);
  const initialIntervalMs = msToNumber(policy.initialInterval ?? 1000);
  if (maximumIntervalMs === 0) throw new ValueError('RetryPolicy.maximumInterval cannot be 0');
  if (initialIntervalMs === 0) throw new ValueError('RetryPolicy.initialInterval cannot be 0');
  if (maximumIntervalMs !== undefined && maximumIntervalMs < initialIntervalMs) {
    throw new ValueError('RetryPolicy.maximumInterval cannot be less than its initialInterval');
  }
}

/** Checks a policy and gives it with milliseconds. The first interval is always present. */
export function retryPolicyMs(policy: RetryPolicy): RetryPolicyMs {
  validateRetryPolicy(policy);
  const { backoffCoefficient, maximumAttempts, nonRetryableErrorTypes } = policy;
  const maximumIntervalMs = msOptionalToNumber(policy.maximumInterval);
  return {
    initialIntervalMs: msToNumber(policy.initialInterval ?? 1000),
    ...(backoffCoefficient === undefined ? {} : { backoffCoefficient }),
    ...(maximumIntervalMs === undefined ? {} : { maximumIntervalMs }),
    ...(maximumAttempts === undefined || maximumAttempts === Number.POSITIVE_INFINITY ? {} : { maximumAttempts }),
    ...(nonRetryableErrorTypes === undefined ? {} : { nonRetryableErrorTypes }),
  };
}

/** The message of a policy, with all its fields. Throws ValueError when the policy is wrong. */
export function compileRetryPolicy(policy: RetryPolicy): RetryPolicyMessage {
  const { initialIntervalMs, backoffCoefficient, maximumIntervalMs, maximumAttempts, nonRetryableErrorTypes } =
    retryPolicyMs(policy);
  return {
    initialInterval: msNumberToTs(initialIntervalMs),
    maximumInterval: maximumIntervalMs === undefined ? undefined : msNumberToTs(maximumIntervalMs),
    backoffCoefficient,
    maximumAttempts,
    nonRetryableErrorTypes,
  };
}

/** The policy of a message; an absent message gives undefined. */
export function decompileRetryPolicy(message: RetryPolicyMessage | null | undefined): RetryPolicy | undefined {
  if (message === null || message === undefined) return undefined;
  const { backoffCoefficient, maximumAttempts, nonRetryableErrorTypes } = message;
  const maximumInterval = optionalTsToMs(message.maximumInterval);
  const initialInterval = optionalTsToMs(message.initialInterval);
  return {
    ...(backoffCoefficient ? { backoffCoefficient } : {}),
    ...(maximumAttempts ? { maximumAttempts } : {}),
    ...(maximumInterval === undefined ? {} : { maximumInterval }),
    ...(initialInterval === undefined ? {} : { initialInterval }),
    nonRetryableErrorTypes: nonRetryableErrorTypes ?? [],
  };
}

/** The policy as users read it, of one in milliseconds. */
export function retryPolicyOfMs({
  initialIntervalMs,
  maximumIntervalMs,
  ...rest
}: Partial<RetryPolicyMs>): RetryPolicy {
  return {
    nonRetryableErrorTypes: [],
    ...rest,
    ...(initialIntervalMs === undefined ? {} : { initialInterval: initialIntervalMs }),
    ...(maximumIntervalMs === undefined ? {} : { maximumInterval: maximumIntervalMs }),
  };
}

/**
 * How long to wait before the attempt after `attempt` (the first is 1), or undefined when the policy allows no more.
 * Failure types and deadlines are the caller's business.
 */
export function retryDelayMs(policy: Partial<RetryPolicyMs>, attempt: number): number | undefined {
  const { initialIntervalMs = 1000, backoffCoefficient = 2, maximumAttempts = 0 } = policy;
  if (maximumAttempts > 0 && attempt >= maximumAttempts) return undefined;
  const maximumIntervalMs = policy.maximumIntervalMs ?? initialIntervalMs * 100;
  return Math.min(initialIntervalMs * backoffCoefficient ** (attempt - 1), maximumIntervalMs);
}

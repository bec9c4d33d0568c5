/** Whether something that failed is tried again, and when. */
import { RetryState, TimeoutType } from '@reprise/proto';
import { bounded, durationProblem } from './bounded-duration.ts';
import type { Failure, RetryPolicy } from './wire.ts';
import { durationMs } from './wire.ts';

export interface RetryQuestion {
  readonly policy: RetryPolicy;
  /** The attempt that just ended, from 1. */
  readonly attempt: number;
  readonly failure: Failure | undefined;
  readonly nowMs: number;
  /** Absolute; 0 when nothing ends the retries. */
  readonly expiresMs: number;
  readonly delayRule: DelayRule;
}

/**
 * What `next_retry_delay` does: activities of workflows take it as it is, those of their own if it is one at all, and
 * workflows keep it under the policy's longest interval.
 */
export type DelayRule = 'asGiven' | 'ifPositive' | 'bounded';

export interface RetryAnswer {
  /** RETRY_STATE_IN_PROGRESS when there is another attempt. */
  readonly state: RetryState;
  readonly intervalMs: number;
}

export function decideRetry(question: RetryQuestion): RetryAnswer {
  const { policy, attempt, failure, nowMs, expiresMs } = question;
  if (!isRetryable(failure, policy.nonRetryableErrorTypes ?? []))
    return no(RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE);
  const maximumAttempts = policy.maximumAttempts ?? 0;
  if (maximumAttempts > 0 && attempt >= maximumAttempts) return no(RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED);
  const intervalMs = nextIntervalMs(question);
  if (intervalMs === undefined) return no(RetryState.RETRY_STATE_TIMEOUT);
  if (expiresMs > 0 && nowMs + intervalMs > expiresMs) return no(RetryState.RETRY_STATE_TIMEOUT);
  return { state: RetryState.RETRY_STATE_IN_PROGRESS, intervalMs };
}

const no = (state: RetryState): RetryAnswer => ({ state, intervalMs: 0 });

/** Undefined when no interval makes sense. */
function nextIntervalMs(question: RetryQuestion): number | undefined {
  const { policy, attempt, failure } = question;
  const maximumMs = durationMs(policy.maximumInterval);
  const delay = failure?.applicationFailureInfo?.nextRetryDelay;
  if (delay) {
    const delayMs = durationMs(delay);
    if (question.delayRule === 'bounded') return atMost(delayMs, maximumMs);
    if (delayMs > 0) return delayMs;
    if (question.delayRule === 'asGiven') return undefined;
  }
  return policyIntervalMs(policy, attempt);
}

/** How long the policy has it wait after this attempt; undefined when it says nothing sound. */
export function policyIntervalMs(policy: RetryPolicy, attempt: number): number | undefined {
  const maximumMs = durationMs(policy.maximumInterval);
  const intervalMs = durationMs(policy.initialInterval) * (policy.backoffCoefficient ?? 1) ** (attempt - 1);
  return atMost(intervalMs, maximumMs);
}

/** An interval that makes no sense becomes the longest one; undefined when there is none either. */
function atMost(intervalMs: number, maximumMs: number): number | undefined {
  const sound = Number.isFinite(intervalMs) && intervalMs > 0;
  if (maximumMs === 0) return sound ? intervalMs : undefined;
  return sound ? Math.min(intervalMs, maximumMs) : maximumMs;
}

const listedTimeouts: Readonly<Record<number, string>> = {
  [TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE]: 'TemporalTimeout:StartToClose',
  [TimeoutType.TIMEOUT_TYPE_HEARTBEAT]: 'TemporalTimeout:Heartbeat',
};

export function isRetryable(failure: Failure | undefined, nonRetryableTypes: readonly string[]): boolean {
  if (!failure) return true;
  if (failure.terminatedFailureInfo || failure.canceledFailureInfo) return false;
  if (failure.timeoutFailureInfo) {
    const listed = listedTimeouts[failure.timeoutFailureInfo.timeoutType ?? 0];
    return listed !== undefined && !nonRetryableTypes.includes(listed);
  }
  if (failure.serverFailureInfo) return !failure.serverFailureInfo.nonRetryable;
  if (failure.applicationFailureInfo) {
    const { nonRetryable, type } = failure.applicationFailureInfo;
    return !nonRetryable && !nonRetryableTypes.includes(type ?? '');
  }
  return true;
}

/** The policy with everything that was left open filled in. */
export function completedPolicy(policy: RetryPolicy | null | undefined): RetryPolicy {
  const given = policy ?? {};
  const initialMs = durationMs(given.initialInterval) || 1000;
  const initial = durationMs(given.initialInterval) === 0 ? { seconds: 1, nanos: 0 } : given.initialInterval;
  const maximum = durationMs(given.maximumInterval) === 0 ? hundredTimes(initialMs) : given.maximumInterval;
  // Nobody looks at the rest of a policy that allows one attempt.
  const isUnread = given.maximumAttempts === 1;
  const completed: RetryPolicy = {
    initialInterval: isUnread ? initial : bounded(initial),
    backoffCoefficient: given.backoffCoefficient || 2,
    maximumInterval: isUnread ? maximum : bounded(maximum),
  };
  if (given.maximumAttempts) completed.maximumAttempts = given.maximumAttempts;
  if (given.nonRetryableErrorTypes?.length) completed.nonRetryableErrorTypes = given.nonRetryableErrorTypes;
  return completed;
}

const mostNanoseconds = 2n ** 63n - 1n;

/** The service counts nanoseconds in 64 bits, so that this may come out below zero. */
function hundredTimes(initialMs: number): { seconds: number; nanos: number } {
  const initial = BigInt(Math.round(initialMs * 1_000_000));
  const wrapped = BigInt.asIntN(64, (initial > mostNanoseconds ? mostNanoseconds : initial) * 100n);
  return { seconds: Number(wrapped / 1_000_000_000n), nanos: Number(wrapped % 1_000_000_000n) };
}

/** What is wrong with a completed policy, or undefined. */
export function policyProblem(policy: RetryPolicy): string | undefined {
  if (policy.maximumAttempts === 1) return undefined;
  const initialMs = durationMs(policy.initialInterval);
  const maximumMs = durationMs(policy.maximumInterval);
  const initial = durationProblem(policy.initialInterval);
  if (initial !== undefined) return `invalid InitialInterval set on retry policy: ${initial}`;
  if ((policy.backoffCoefficient ?? 0) < 1) return 'BackoffCoefficient cannot be less than 1 on retry policy.';
  const maximum = durationProblem(policy.maximumInterval);
  if (maximum !== undefined) return `invalid MaximumInterval set on retry policy: ${maximum}`;
  if (maximumMs > 0 && maximumMs < initialMs) {
    return 'MaximumInterval cannot be less than InitialInterval on retry policy.';
  }
  if ((policy.maximumAttempts ?? 0) < 0) return 'MaximumAttempts cannot be negative on retry policy.';
  for (const type of policy.nonRetryableErrorTypes ?? []) {
    if (!type.startsWith(timeoutPrefix)) continue;
    const name = type.slice(timeoutPrefix.length);
    if (!timeoutNames.has(name)) return `Invalid timeout type value: ${name}.`;
  }
  return undefined;
}

const timeoutPrefix = 'TemporalTimeout:';
/** In both spellings that the enum has. */
const timeoutNames: ReadonlySet<string> = new Set(
  ['StartToClose', 'ScheduleToStart', 'ScheduleToClose', 'Heartbeat'].flatMap((name) => [
    name,
    `TIMEOUT_TYPE_${name.replace(/(?!^)([A-Z])/g, '_$1').toUpperCase()}`,
  ]),
);

/** Durations that requests and commands give: none below zero counts, and none is longer than a hundred years. */
import type { Duration } from './wire.ts';

const longestSeconds = 100 * 365 * 86_400;

/** What is wrong with a duration, or undefined. */
export function durationProblem(value: Duration | null | undefined): string | undefined {
  const seconds = value?.seconds ?? 0;
  const nanos = value?.nanos ?? 0;
  if (seconds * nanos < 0) return 'duration has seconds and nanos with different signs';
  return seconds < 0 || nanos < 0 ? 'negative duration' : undefined;
}

/** The duration, or the longest one there is. */
export function bounded<Value extends Duration | null | undefined>(value: Value): Value | Duration {
  return value && (value.seconds ?? 0) >= longestSeconds ? { seconds: longestSeconds, nanos: 0 } : value;
}

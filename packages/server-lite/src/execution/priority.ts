import { utf8Length } from './utf8-length.ts';
import type { Priority } from './wire.ts';

const longestFairnessKey = 64;

/** What is wrong with a priority, or undefined. */
export function priorityProblem(priority: Priority | null | undefined): string | undefined {
  if ((priority?.priorityKey ?? 0) < 0) return "priority key can't be negative";
  if (utf8Length(priority?.fairnessKey ?? '') > longestFairnessKey) return 'fairness key length exceeds limit';
  return (priority?.fairnessWeight ?? 0) < 0 ? 'must be greater than zero' : undefined;
}

/** A priority of one's own, with what it leaves open taken from what it is part of. */
export function mergedPriority(
  base: Priority | null | undefined,
  own: Priority | null | undefined,
): Priority | undefined {
  if (!base || !own) return own ?? base ?? undefined;
  return {
    priorityKey: own.priorityKey || base.priorityKey,
    fairnessKey: own.fairnessKey || base.fairnessKey,
    fairnessWeight: own.fairnessWeight || base.fairnessWeight,
  };
}

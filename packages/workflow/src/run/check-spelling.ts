import { checkSpelling, knownOfRetryPolicy } from '@reprise/common';
import type { Run } from './run.ts';

/** Every option of some kind, by its name. */
export type Known<Options> = { readonly [Name in keyof Required<Options>]: true };

/**
 * Refuses options, and fields of their retry policy, whose names are a slip of the pen away from those that there are. What
 * history has recorded already replays as it was recorded.
 *
 * @throws TypeError that names the option and the one that was meant
 */
export function checkOptionNames(
  run: Run,
  where: string,
  options: object & { readonly retry?: object | undefined },
  known: Readonly<Record<string, true>>,
): void {
  if (run.task.isReplaying) return;
  checkSpelling(where, options, known);
  if (typeof options.retry === 'object') checkSpelling(`${where}.retry`, options.retry, knownOfRetryPolicy);
}

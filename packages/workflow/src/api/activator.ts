import { requireRun } from '../run/current-run.ts';
import type { LanguageFlag } from '../run/run-flags.ts';

/** What interceptors that change over time know of the run that they are in. */
export interface Activator {
  /** Whether a behaviour is on: for good on new ground, and on replay if the history was recorded with it. */
  hasFlag(flag: LanguageFlag): boolean;
}

/**
 * For interceptors whose behaviour has changed: histories from before replay as they ran.
 *
 * @throws IllegalStateError outside workflow code
 */
export function getActivator(): Activator {
  const run = requireRun('Workflow uninitialized');
  return { hasFlag: (flag) => run.flags.has(flag, run.task) };
}

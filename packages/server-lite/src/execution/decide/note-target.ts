/** What the worker of a pinned run hears of the version that its deployment would have it go to. */
import { isPinned, versionInEffect } from '../effective-version.ts';
import { isSameVersion } from '../same-version.ts';
import type { Transition } from '../transition.ts';
import type { Version } from '../version.ts';

/**
 * As a workflow task starts.
 *
 * @param version where the deployment would have it go; undefined: to workers without a version
 * @returns whether the task says that the target has changed: not when the run before was told of the same, and did not
 *   go there
 */
export function noteTarget(t: Transition, version: Version | undefined): boolean {
  const { execution } = t;
  const { toldTarget, declinedTarget } = execution.versioning;
  const isOverridden = Boolean(execution.options.versioningOverride);
  if (!isOverridden && !isPinned(execution)) return false;
  if (isOverridden || isSameVersion(versionInEffect(execution), version)) {
    if (toldTarget || declinedTarget) t.note({ kind: 'targetTold', target: undefined });
    return false;
  }
  if (declinedTarget && isSameVersion(declinedTarget.version, version)) return false;
  if (!toldTarget || !isSameVersion(toldTarget.version, version)) t.note({ kind: 'targetTold', target: { version } });
  return true;
}

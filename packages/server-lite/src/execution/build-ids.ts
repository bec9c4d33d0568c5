import { behaviorInEffect, isPinned, versionInEffect } from './effective-version.ts';
import type { Execution } from './execution.ts';

/** How the run is versioned now, and which builds have worked on it. */
export function buildIdsOf(execution: Execution): string[] {
  const { wasOverridden, builds, workerStamp } = execution.versioning;
  const isInherited = Boolean(execution.started.inheritedPinnedVersion);
  const isOverridden = Boolean(execution.options.versioningOverride);
  if (execution.lastCompletedEventId === 0 && !wasOverridden && !isOverridden && !isInherited) return [];
  const behavior = behaviorInEffect(execution);
  const version = versionInEffect(execution);
  if (isPinned(execution) && version) return [`pinned:${version.deploymentName}:${version.buildId}`, ...builds];
  return behavior === 0 && !workerStamp?.workerVersion?.useVersioning ? ['unversioned', ...builds] : [...builds];
}

/** Remembers that there were some, once what happened has been taken in: events that are held back are taken in again. */
export function noteBuildIds(execution: Execution): void {
  const { versioning, lastCompletedEventId } = execution;
  const isSettled = lastCompletedEventId > 0 || versioning.hasRecordedOverride;
  if (isSettled && buildIdsOf(execution).length > 0) versioning.hadBuildIds = true;
}

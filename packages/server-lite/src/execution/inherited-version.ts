/** What a run hands on of its version to its children, to the run that continues it as new, and to its retries. */
import { ContinueAsNewVersioningBehavior, VersioningBehavior } from '@reprise/proto';
import { behaviorInEffect, isPinned, versionInEffect } from './effective-version.ts';
import type { Execution } from './execution.ts';
import type { Version } from './version.ts';
import type { StartedAttributes } from './wire.ts';

const { VERSIONING_BEHAVIOR_PINNED: pinned, VERSIONING_BEHAVIOR_AUTO_UPGRADE: autoUpgrade } = VersioningBehavior;

type Inherited = Pick<StartedAttributes, 'inheritedPinnedVersion' | 'inheritedAutoUpgradeInfo' | 'versioningOverride'>;

/** Whether workers of the version poll the queue of workflow tasks with this name. */
export type VersionReaches = (version: Version, taskQueue: string) => boolean;

interface Heir {
  readonly taskQueue: string;
  readonly reaches: VersionReaches;
}

/** A version is handed on to queues that its workers poll: the run's own is one of them. */
const isHandedOn = ({ options }: Execution, version: Version, { taskQueue, reaches }: Heir): boolean =>
  taskQueue === options.taskQueue || reaches(version, taskQueue);

export function childVersion(parent: Execution, heir: Heir): Inherited {
  const version = versionInEffect(parent);
  if (!version || !isHandedOn(parent, version, heir)) return {};
  if (isPinned(parent)) return { ...overrideOf(parent), inheritedPinnedVersion: version };
  return followed(parent, version, ContinueAsNewVersioningBehavior.CONTINUE_AS_NEW_VERSIONING_BEHAVIOR_UNSPECIFIED);
}

/** @param initial how the command wants the new run to begin */
export function continuedVersion(
  execution: Execution,
  heir: Heir,
  initial: ContinueAsNewVersioningBehavior,
): Inherited {
  const version = versionInEffect(execution);
  if (!version) return {};
  const behavior = behaviorInEffect(execution);
  const isReached = isHandedOn(execution, version, heir);
  const asksAnew = initial !== ContinueAsNewVersioningBehavior.CONTINUE_AS_NEW_VERSIONING_BEHAVIOR_UNSPECIFIED;
  if (behavior === autoUpgrade) return isReached ? followed(execution, version, initial) : {};
  if (behavior !== pinned) return {};
  // Whether the override's version reaches another queue is only looked at for a run that stays pinned.
  const keepsOverride = heir.taskQueue === execution.options.taskQueue || (isReached && !asksAnew);
  return {
    ...(keepsOverride ? overrideOf(execution) : {}),
    ...(isReached ? (asksAnew ? followed(execution, version, initial) : { inheritedPinnedVersion: version }) : {}),
  };
}

/** A retry stays with the version that its run was given at the start, unless it has left it since. */
export function retriedVersion(execution: Execution): Inherited {
  const version = versionInEffect(execution);
  if (!version) return {};
  if (isPinned(execution)) {
    return {
      ...overrideOf(execution),
      ...(execution.started.inheritedPinnedVersion ? { inheritedPinnedVersion: version } : {}),
    };
  }
  return followed(execution, version, execution.versioning.initialBehavior);
}

/** A pinning override is handed on as such; to follow the current version is nothing that a run hands on. */
export function overrideOf({ options }: Execution): Inherited {
  return options.versioningOverride?.pinned ? { versioningOverride: options.versioningOverride } : {};
}

function followed({ versioning }: Execution, version: Version, initial: ContinueAsNewVersioningBehavior): Inherited {
  if (versioning.revision === 0) return {};
  return {
    inheritedAutoUpgradeInfo: {
      sourceDeploymentVersion: version,
      sourceDeploymentRevisionNumber: versioning.revision,
      ...(initial ? { continueAsNewInitialVersioningBehavior: initial } : {}),
    },
  };
}

/** A run starts as it was handed on, until a worker has completed a task of it. */
export function startVersioning(
  execution: Execution,
  { inheritedPinnedVersion, inheritedAutoUpgradeInfo, declinedTargetVersionUpgrade: declined }: StartedAttributes,
): void {
  if (declined) {
    const { deploymentName, buildId } = declined.deploymentVersion ?? {};
    const version = deploymentName ? { deploymentName, buildId: buildId ?? '' } : undefined;
    execution.versioning = { ...execution.versioning, declinedTarget: { version } };
  }
  const version = inheritedPinnedVersion ?? inheritedAutoUpgradeInfo?.sourceDeploymentVersion;
  if (!version) return;
  execution.versioning = {
    ...execution.versioning,
    behavior: inheritedPinnedVersion ? pinned : autoUpgrade,
    deploymentName: version.deploymentName ?? '',
    buildId: version.buildId ?? '',
    revision: inheritedAutoUpgradeInfo?.sourceDeploymentRevisionNumber ?? 0,
    initialBehavior: inheritedAutoUpgradeInfo?.continueAsNewInitialVersioningBehavior ?? 0,
  };
}

/** What a run hands on of its worker's version to its children and to the run that continues it as new. */
import type { Execution } from './execution.ts';
import type { StartedAttributes } from './wire.ts';

const pinnedBehavior = 1;
const autoUpgradeBehavior = 2;

type Inherited = Pick<StartedAttributes, 'inheritedPinnedVersion' | 'inheritedAutoUpgradeInfo'>;

/** Only to the same queue: which others the version works on is not known here. An override is handed on as such. */
export function inheritedVersion({ options, versioning }: Execution, taskQueue: string): Inherited {
  const { behavior, deploymentName, buildId, revision } = versioning;
  if (options.versioningOverride || options.taskQueue !== taskQueue || !deploymentName) return {};
  const version = { deploymentName, buildId };
  if (behavior === pinnedBehavior) return { inheritedPinnedVersion: version };
  if (behavior !== autoUpgradeBehavior) return {};
  return {
    inheritedAutoUpgradeInfo: { sourceDeploymentVersion: version, sourceDeploymentRevisionNumber: revision },
  };
}

/** A retry stays with the version that its run was given at the start, unless it has left it since. */
export function retriedVersion({ started, versioning }: Execution): Inherited {
  const { inheritedPinnedVersion } = started;
  return inheritedPinnedVersion && versioning.behavior === pinnedBehavior ? { inheritedPinnedVersion } : {};
}

/** A run starts as it was handed on, until a worker has completed a task of it. */
export function startVersioning(
  execution: Execution,
  { inheritedPinnedVersion, inheritedAutoUpgradeInfo }: Inherited,
): void {
  const version = inheritedPinnedVersion ?? inheritedAutoUpgradeInfo?.sourceDeploymentVersion;
  if (!version) return;
  execution.versioning = {
    ...execution.versioning,
    behavior: inheritedPinnedVersion ? pinnedBehavior : autoUpgradeBehavior,
    deploymentName: version.deploymentName ?? '',
    buildId: version.buildId ?? '',
    revision: inheritedAutoUpgradeInfo?.sourceDeploymentRevisionNumber ?? 0,
  };
}

/** Which version a run belongs to now, and how it moves between versions. */
import type { Execution } from './execution.ts';
import type { Version } from './version.ts';

/** How it moves between versions: what its override says, else its worker. */
export function behaviorInEffect({ options, versioning }: Execution): number {
  const override = options.versioningOverride;
  if (override?.autoUpgrade) return 2;
  return override?.pinned?.version ? 1 : versioning.behavior;
}

/** The version that it belongs to: its override's, else its worker's. */
export function versionInEffect({ options, versioning }: Execution): Version | undefined {
  const pinned = options.versioningOverride?.pinned?.version;
  if (pinned) return { deploymentName: pinned.deploymentName ?? '', buildId: pinned.buildId ?? '' };
  const { behavior, deploymentName, buildId } = versioning;
  return behavior && deploymentName ? { deploymentName, buildId } : undefined;
}

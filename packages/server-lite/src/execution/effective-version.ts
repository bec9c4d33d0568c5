/** Which version a run belongs to now, and how it moves between versions. */
import { VersioningBehavior } from '@reprise/proto';
import type { Execution } from './execution.ts';
import type { Version } from './version.ts';

/** How it moves between versions: what its override says, else its worker. */
export function behaviorInEffect({ options, versioning }: Execution): number {
  const override = options.versioningOverride;
  if (override?.autoUpgrade) return VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE;
  return override?.pinned?.version ? VersioningBehavior.VERSIONING_BEHAVIOR_PINNED : versioning.behavior;
}

/** Whether it stays where it is, whatever its deployment does. */
export const isPinned = (execution: Execution): boolean =>
  behaviorInEffect(execution) === VersioningBehavior.VERSIONING_BEHAVIOR_PINNED;

/** The version that it belongs to: its override's, else its worker's. */
export function versionInEffect({ options, versioning }: Execution): Version | undefined {
  const pinned = options.versioningOverride?.pinned?.version;
  if (pinned) return { deploymentName: pinned.deploymentName ?? '', buildId: pinned.buildId ?? '' };
  const { behavior, deploymentName, buildId } = versioning;
  return behavior && deploymentName ? { deploymentName, buildId } : undefined;
}

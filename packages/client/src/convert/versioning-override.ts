import { checkOption } from '@reprise/common';
import { toCanonicalString } from '@reprise/common';
import type { VersioningOverride } from '@reprise/common';
import { VersioningBehavior, VersioningOverridePinnedOverrideBehavior } from '@reprise/proto';
import type { temporal } from '@reprise/proto';

/** An override in the shape of the wire, in the fields of today and in those that older servers read. */
export function encodeVersioningOverride(
  override: VersioningOverride | undefined,
): temporal.api.workflow.v1.VersioningOverride | undefined {
  if (override === undefined) return undefined;
  if (override === 'AUTO_UPGRADE') {
    return { autoUpgrade: true, behavior: VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE };
  }
  checkOption('versioningOverride, unless it is AUTO_UPGRADE,', override, 'object');
  checkOption('versioningOverride.pinnedTo', override.pinnedTo, 'object');
  return {
    pinned: {
      version: override.pinnedTo,
      behavior: VersioningOverridePinnedOverrideBehavior.PINNED_OVERRIDE_BEHAVIOR_PINNED,
    },
    behavior: VersioningBehavior.VERSIONING_BEHAVIOR_PINNED,
    pinnedVersion: toCanonicalString(override.pinnedTo),
  };
}

import { enumCodec } from './enum-codec.ts';
import { ValueError } from './errors.ts';

/** What a running workflow does when a new version of its worker is deployed. */
export const VersioningBehavior = {
  /** It stays with the version that it started on. */
  PINNED: 'PINNED',
  /** It moves to the current version at its next task. */
  AUTO_UPGRADE: 'AUTO_UPGRADE',
} as const;
export type VersioningBehavior = (typeof VersioningBehavior)[keyof typeof VersioningBehavior];

const behaviors = enumCodec<VersioningBehavior>('VersioningBehavior', 'VERSIONING_BEHAVIOR_', {
  PINNED: 1,
  AUTO_UPGRADE: 2,
});
/** The wire number of a VersioningBehavior. */
export const encodeVersioningBehavior = behaviors.encode;
/** The VersioningBehavior of a wire number. */
export const decodeVersioningBehavior = behaviors.decode;

/** Which version the run that a continue-as-new makes starts on. */
export const InitialVersioningBehavior = {
  /** The task queue's target version at that time. */
  AUTO_UPGRADE: 'AUTO_UPGRADE',
  /** The task queue's ramping version, if there is one. */
  USE_RAMPING_VERSION: 'USE_RAMPING_VERSION',
} as const;
export type InitialVersioningBehavior = (typeof InitialVersioningBehavior)[keyof typeof InitialVersioningBehavior];

const initialBehaviors = enumCodec<InitialVersioningBehavior>(
  'InitialVersioningBehavior',
  'CONTINUE_AS_NEW_VERSIONING_BEHAVIOR_',
  { AUTO_UPGRADE: 1, USE_RAMPING_VERSION: 2 },
);
/** The wire number of an InitialVersioningBehavior. */
export const encodeInitialVersioningBehavior = initialBehaviors.encode;
/** The InitialVersioningBehavior of a wire number. */
export const decodeInitialVersioningBehavior = initialBehaviors.decode;

/** Why the server suggests to continue as new. */
export const SuggestContinueAsNewReason = {
  HISTORY_SIZE_TOO_LARGE: 'HISTORY_SIZE_TOO_LARGE',
  TOO_MANY_HISTORY_EVENTS: 'TOO_MANY_HISTORY_EVENTS',
  TOO_MANY_UPDATES: 'TOO_MANY_UPDATES',
} as const;
export type SuggestContinueAsNewReason = (typeof SuggestContinueAsNewReason)[keyof typeof SuggestContinueAsNewReason];

const reasons: ReadonlyMap<number, SuggestContinueAsNewReason> = new Map([
  [1, 'HISTORY_SIZE_TOO_LARGE'],
  [2, 'TOO_MANY_HISTORY_EVENTS'],
  [3, 'TOO_MANY_UPDATES'],
]);

/** The reasons of wire numbers; those that this version does not know are left out. */
export function decodeSuggestContinueAsNewReasons(numbers: readonly number[]): SuggestContinueAsNewReason[] {
  return numbers.flatMap((number) => reasons.get(number) ?? []);
}

/** One version of a worker deployment. */
export interface WorkerDeploymentVersion {
  readonly buildId: string;
  readonly deploymentName: string;
}

/** `deploymentName.buildId`. */
export function toCanonicalString(version: WorkerDeploymentVersion): string {
  return `${version.deploymentName}.${version.buildId}`;
}

/** The version of its message; undefined for an absent one or one without a build id. */
export function convertDeploymentVersion(
  message: { deploymentName?: string | null | undefined; buildId?: string | null | undefined } | null | undefined,
): WorkerDeploymentVersion | undefined {
  if (!message?.buildId) return undefined;
  if (message.deploymentName === undefined || message.deploymentName === null) {
    throw new ValueError(`Expected a deployment name with build id ${message.buildId}, found none`);
  }
  return { buildId: message.buildId, deploymentName: message.deploymentName };
}

/** Overrides what a workflow's own versioning behaviour says. */
export type VersioningOverride = PinnedVersioningOverride | AutoUpgradeVersioningOverride;
/** Pins a workflow to one version. */
export interface PinnedVersioningOverride {
  pinnedTo: WorkerDeploymentVersion;
}
/** Lets a workflow move to the current version. */
export type AutoUpgradeVersioningOverride = 'AUTO_UPGRADE';

/** For build-id based versioning, which servers replace by deployments. */
export const VersioningIntent = { COMPATIBLE: 'COMPATIBLE', DEFAULT: 'DEFAULT' } as const;
export type VersioningIntent = (typeof VersioningIntent)[keyof typeof VersioningIntent];

/** coresdk VersioningIntent: 1 compatible, 2 default. */
export function encodeVersioningIntent(intent: VersioningIntent | undefined): number | undefined {
  if (intent === undefined) return undefined;
  return intent === 'COMPATIBLE' ? 1 : 2;
}

/**
 * The flags by which a history says how the code that wrote it behaved. `core` flags concern this machine, `lang` flags
 * the runtime in the isolate. A flag counts once history has it; on new ground every flag that is known here is set.
 */
import type { temporal } from '@reprise/proto';

type TaskCompleted = temporal.api.history.v1.WorkflowTaskCompletedEventAttributes;

export const CoreFlag = {
  /** Ids and types of activities and children must match, not only their kind. */
  identityChecks: 1,
  /** A patch also upserts the search attribute TemporalChangeVersion. */
  upsertChangeVersion: 2,
  /** Commands asked for after the end of the run are kept, before it, instead of being cut off. */
  moveClosingCommand: 3,
} as const;

const allCoreFlags: readonly number[] = Object.values(CoreFlag);

export interface DeploymentVersion {
  deploymentName: string;
  buildId: string;
}

/** What completed tasks say of the code that ran them. */
export interface RecordedSdk {
  readonly core: Set<number>;
  readonly lang: Set<number>;
  name: string;
  version: string;
  buildId: string | undefined;
  deployment: DeploymentVersion | undefined;
}

export function emptyRecordedSdk(): RecordedSdk {
  return { core: new Set(), lang: new Set(), name: '', version: '', buildId: undefined, deployment: undefined };
}

/** Whether the published SDK recorded this; its first versions did not say so. */
export const isPublishedSdk = ({ name }: RecordedSdk): boolean => name === '' || name === 'temporal-typescript';

export function noteTaskCompleted(sdk: RecordedSdk, attributes: TaskCompleted): void {
  const metadata = attributes.sdkMetadata;
  for (const flag of metadata?.coreUsedFlags ?? []) sdk.core.add(flag);
  for (const flag of metadata?.langUsedFlags ?? []) sdk.lang.add(flag);
  if (metadata?.sdkName) sdk.name = metadata.sdkName;
  if (metadata?.sdkVersion) sdk.version = metadata.sdkVersion;
  if (attributes.workerVersion?.buildId) sdk.buildId = attributes.workerVersion.buildId;
  const deployment = deploymentOf(attributes);
  if (deployment !== undefined) sdk.deployment = deployment;
}

function deploymentOf(attributes: TaskCompleted): DeploymentVersion | undefined {
  const { deploymentVersion, workerDeploymentVersion, workerDeploymentName, workerVersion } = attributes;
  if (deploymentVersion) {
    return { deploymentName: deploymentVersion.deploymentName ?? '', buildId: deploymentVersion.buildId ?? '' };
  }
  if (workerDeploymentVersion) {
    const dot = workerDeploymentVersion.indexOf('.');
    if (dot > 0) {
      return { deploymentName: workerDeploymentVersion.slice(0, dot), buildId: workerDeploymentVersion.slice(dot + 1) };
    }
  }
  // Workers that belong to no deployment have a build id still.
  if (workerVersion?.buildId) {
    return { deploymentName: workerDeploymentName ?? '', buildId: workerVersion.buildId };
  }
  return undefined;
}

export interface SdkMetadata {
  coreUsedFlags?: number[];
  langUsedFlags?: number[];
  sdkName?: string;
  sdkVersion?: string;
}

/** What a completion must add to what history says already; `written` becomes part of that. */
export function newSdkMetadata(
  sdk: RecordedSdk,
  used: { lang: ReadonlySet<number>; sdkName: string; sdkVersion: string },
): SdkMetadata {
  const core = allCoreFlags.filter((flag) => !sdk.core.has(flag));
  const lang = [...used.lang].filter((flag) => !sdk.lang.has(flag)).sort((a, b) => a - b);
  return {
    ...(core.length === 0 ? {} : { coreUsedFlags: core }),
    ...(lang.length === 0 ? {} : { langUsedFlags: lang }),
    ...(used.sdkName === sdk.name ? {} : { sdkName: used.sdkName }),
    ...(used.sdkVersion === sdk.version ? {} : { sdkVersion: used.sdkVersion }),
  };
}

/** What a request says about the version that a workflow is to run on: checked, and put into its present form. */
import { type temporal, VersioningBehavior, VersioningOverridePinnedOverrideBehavior } from '@reprise/proto';
import { failedPrecondition, invalidArgument } from '../../errors.ts';
import { versionOf } from '../../system/deployment/deployment-record.ts';
import type { RpcContext } from '../rpc.ts';

export type VersioningOverride = temporal.api.workflow.v1.VersioningOverride;
type Version = temporal.api.deployment.v1.WorkerDeploymentVersion;

const { VERSIONING_BEHAVIOR_PINNED: pinned, VERSIONING_BEHAVIOR_AUTO_UPGRADE: autoUpgrade } = VersioningBehavior;
const { PINNED_OVERRIDE_BEHAVIOR_PINNED: staysPinned } = VersioningOverridePinnedOverrideBehavior;

/** @throws ServiceError INVALID_ARGUMENT, or FAILED_PRECONDITION when no worker of the version polls the queue */
export function checkOverride(
  ctx: RpcContext,
  override: VersioningOverride | null | undefined,
  queue: { readonly namespaceId: string; readonly name: string },
): void {
  if (!override || override.autoUpgrade) return;
  if (!override.pinned) return checkOlderForm(ctx, override, queue);
  if (!override.pinned.version) throw invalidArgument('must provide version if override is pinned.');
  if (!override.pinned.behavior) {
    throw invalidArgument('must specify pinned override behavior if override is pinned.');
  }
  requireQueue(ctx, override.pinned.version, queue);
}

function checkOlderForm(
  ctx: RpcContext,
  override: VersioningOverride,
  queue: { readonly namespaceId: string; readonly name: string },
): void {
  const { behavior, deployment, pinnedVersion } = override;
  if (behavior === pinned) {
    if (deployment) return requireDeployment(deployment);
    if (!pinnedVersion) {
      throw invalidArgument("must provide deployment (deprecated) or pinned version if behavior is 'PINNED'");
    }
    const version = versionOfText(pinnedVersion);
    if (version) return requireQueue(ctx, version, queue);
    throw invalidArgument(
      `invalid version string ${JSON.stringify(pinnedVersion)}, expected format is "<deployment_name>.<build_id>"`,
    );
  }
  if (behavior !== autoUpgrade) throw invalidArgument('override behavior is required');
  if (deployment) throw invalidArgument("only provide deployment if behavior is 'PINNED'");
  if (pinnedVersion) throw invalidArgument("only provide pinned version if behavior is 'PINNED'");
}

function requireDeployment({ seriesName, buildId }: temporal.api.deployment.v1.Deployment): void {
  if (!seriesName) throw invalidArgument('deployment series name cannot be empty');
  if (!buildId) throw invalidArgument('deployment build id cannot be empty');
}

/** `deployment.build`, or with a colon; whichever comes first parts them. */
function versionOfText(text: string): Version | undefined {
  const [, deploymentName, buildId] = /^([^.:]+)[.:](.+)$/.exec(text) ?? [];
  return deploymentName && buildId ? { deploymentName, buildId } : undefined;
}

function requireQueue(
  ctx: RpcContext,
  { deploymentName, buildId }: Version,
  queue: { readonly namespaceId: string; readonly name: string },
): void {
  const record = ctx.system.deployments.get(queue.namespaceId, deploymentName ?? '');
  const version = record && versionOf(record, buildId ?? '');
  if (version?.queues.some(({ name, kind }) => name === queue.name && kind === 'workflow')) return;
  throw failedPrecondition(
    `Pinned version '${deploymentName ?? ''}:${buildId ?? ''}' is not present in task queue '${queue.name}' of type 'Workflow'`,
  );
}

/** The older form in the terms of the present one. */
export function presentOverride(override: VersioningOverride): VersioningOverride {
  if (override.autoUpgrade) return { autoUpgrade: true };
  if (override.pinned) return { pinned: override.pinned };
  if (override.behavior === autoUpgrade) return { autoUpgrade: true };
  const { deployment, pinnedVersion } = override;
  const ofDeployment = { deploymentName: deployment?.seriesName, buildId: deployment?.buildId };
  return { pinned: { behavior: staysPinned, version: pinnedVersion ? versionOfText(pinnedVersion) : ofDeployment } };
}

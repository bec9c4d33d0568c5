import type { temporal } from '@reprise/proto';
import { invalidArgument, notFound } from '../../errors.ts';
import { versionOf } from '../../system/deployment/deployment-record.ts';
import { unversioned } from '../../system/deployment/version-text.ts';
import { parseVersionName } from './deployment-version-name.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

type Request = temporal.api.workflowservice.v1.UpdateWorkerDeploymentVersionMetadataRequest;

export const updateWorkerDeploymentVersionMetadata: WorkflowHandler<'updateWorkerDeploymentVersionMetadata'> = async (
  request,
  ctx,
) => {
  if (!request.removeEntries?.length && Object.keys(request.upsertEntries ?? {}).length === 0) {
    throw invalidArgument('At least one of remove_entries or upsert_entries must be provided');
  }
  const { deploymentName, buildId } = namedVersion(request);
  const { deployments } = ctx.system;
  const record = deployments.get(requireNamespace(ctx).id, deploymentName);
  const version = record && versionOf(record, buildId);
  if (!version) {
    throw notFound(`workflow not found for ID: temporal-sys-worker-deployment-version:${deploymentName}:${buildId}`);
  }
  const entries = { ...version.metadata, ...request.upsertEntries };
  for (const name of request.removeEntries ?? []) delete entries[name];
  deployments.changeVersion(record, buildId, (current) => ({
    ...current,
    metadata: entries,
    lastModifier: request.identity ?? '',
  }));
  return { metadata: { entries } };
};

/** Nothing is asked of the names: no version goes by a wrong one. */
function namedVersion({ deploymentVersion, version }: Request): { deploymentName: string; buildId: string } {
  if (deploymentVersion) {
    return { deploymentName: deploymentVersion.deploymentName ?? '', buildId: deploymentVersion.buildId ?? '' };
  }
  const parsed = parseVersionName(version || unversioned);
  return 'problem' in parsed ? { deploymentName: '', buildId: '' } : parsed;
}

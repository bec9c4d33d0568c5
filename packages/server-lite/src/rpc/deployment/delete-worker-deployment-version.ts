import { failedPrecondition, notFound } from '../../errors.ts';
import { requireManager } from '../../system/deployment/require-manager.ts';
import { laneOfVersion } from '../../matching/poll-lane.ts';
import { versionInfo } from './deployment-message.ts';
import { requireVersionName, versionNameText } from './deployment-version-name.ts';
import { checkDeploymentName } from '../task/poll-version.ts';
import { versionPollers } from '../task-queue/task-queue-message.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { WorkerDeploymentVersionStatus } from '@reprise/proto';

export const deleteWorkerDeploymentVersion: WorkflowHandler<'deleteWorkerDeploymentVersion'> = async (request, ctx) => {
  const { deploymentVersion, version: text } = request;
  const { deploymentName, buildId } = requireVersionName(
    deploymentVersion ? versionNameText(deploymentVersion) : (text ?? ''),
  );
  checkDeploymentName(deploymentName);
  const namespaceId = requireNamespace(ctx).id;
  const record = ctx.system.deployments.get(namespaceId, deploymentName);
  if (!record) throw notFound(`workflow not found for ID: temporal-sys-worker-deployment:${deploymentName}`);
  const version = record.versions.find((candidate) => candidate.buildId === buildId);
  if (!version) return {};
  const name = `${deploymentName}:${buildId}`;
  if (record.routing.current === buildId || record.routing.ramping === buildId) {
    throw failedPrecondition(`version '${name}' cannot be deleted since it is current or ramping`);
  }
  requireManager(record, request.identity ?? '');
  const { status } = versionInfo(ctx, record, version);
  if (status === WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING && !request.skipDrainage) {
    throw failedPrecondition(`version '${name}' cannot be deleted since it is draining`);
  }
  const lane = laneOfVersion({ deploymentName, buildId });
  const isPolled = version.queues.some(
    ({ name: queue, kind }) => versionPollers(ctx, { namespaceId, name: queue, kind }, lane).length > 0,
  );
  if (isPolled) throw failedPrecondition(`version '${name}' cannot be deleted since it has active pollers`);
  ctx.system.deployments.deleteVersion(record, buildId, request.identity ?? '');
  return {};
};

import { invalidArgument } from '../../errors.ts';
import type { QueueKey } from '../../matching/matching.ts';
import { queueTypeOf, versionInfo } from './deployment-message.ts';
import { requireVersionName, versionNameText } from './deployment-version-name.ts';
import { checkBuildId, checkDeploymentName } from '../task/poll-version.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';
import { statsByPriority, taskQueueStats } from '../task-queue/task-queue-message.ts';

export const describeWorkerDeploymentVersion: WorkflowHandler<'describeWorkerDeploymentVersion'> = async (
  request,
  ctx,
) => {
  if (!request.deploymentVersion && !request.version) throw invalidArgument('deployment version cannot be empty');
  const { deploymentName, buildId } = requireVersionName(request.version || versionNameText(request.deploymentVersion));
  checkDeploymentName(deploymentName);
  checkBuildId(buildId);
  const namespaceId = requireNamespace(ctx).id;
  const { record, version } = ctx.system.deployments.requireVersion(namespaceId, deploymentName, buildId);
  const statsOf = (key: QueueKey) => ({
    stats: taskQueueStats(ctx, key),
    statsByPriorityKey: statsByPriority(ctx, key),
  });
  const versionTaskQueues = version.queues.map(({ name, kind }) => ({
    name,
    type: queueTypeOf(kind),
    ...(request.reportTaskQueueStats ? statsOf({ namespaceId, name, kind }) : {}),
  }));
  return { workerDeploymentVersionInfo: versionInfo(ctx, record, version), versionTaskQueues };
};

import { invalidArgument } from '../errors.ts';
import { queueTypeOf, versionInfo } from './deployment-message.ts';
import { deploymentVersionName } from './deployment-version-name.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';
import { taskQueueStats } from './task-queue-message.ts';

export const describeWorkerDeploymentVersion: WorkflowHandler<'describeWorkerDeploymentVersion'> = async (
  request,
  ctx,
) => {
  if (!request.deploymentVersion && !request.version) throw invalidArgument('deployment version cannot be empty');
  const { deploymentName, buildId } = deploymentVersionName(request);
  const namespaceId = requireNamespace(ctx).id;
  const { record, version } = ctx.system.deployments.requireVersion(namespaceId, deploymentName, buildId);
  const versionTaskQueues = version.queues.map(({ name, kind }) => ({
    name,
    type: queueTypeOf(kind),
    ...(request.reportTaskQueueStats ? { stats: taskQueueStats(ctx, { namespaceId, name, kind }) } : {}),
  }));
  return { workerDeploymentVersionInfo: versionInfo(ctx, record, version), versionTaskQueues };
};

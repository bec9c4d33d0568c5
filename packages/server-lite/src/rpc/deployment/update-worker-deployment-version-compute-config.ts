import { invalidArgument, notFound } from '../../errors.ts';
import { versionOf } from '../../system/deployment/deployment-record.ts';
import { refuseScalingGroups } from './check-compute-config.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

/** There is nothing to remove, and nothing may be added. */
export const updateWorkerDeploymentVersionComputeConfig: WorkflowHandler<
  'updateWorkerDeploymentVersionComputeConfig'
> = async (request, ctx) => {
  const { deploymentName, buildId } = request.deploymentVersion ?? {};
  if (!deploymentName) throw invalidArgument('deployment name cannot be empty');
  if (!buildId) throw invalidArgument('build ID cannot be empty');
  const record = ctx.system.deployments.get(requireNamespace(ctx).id, deploymentName);
  if (!record || !versionOf(record, buildId)) {
    throw notFound(`build ID '${buildId}' not found in Worker Deployment '${deploymentName}'`);
  }
  const groups = Object.entries(request.computeConfigScalingGroups ?? {});
  refuseScalingGroups(groups.map(([name, { scalingGroup }]) => [name, scalingGroup]));
  return {};
};

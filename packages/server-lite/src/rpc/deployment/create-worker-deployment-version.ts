import { invalidArgument } from '../../errors.ts';
import { refuseScalingGroups } from './check-compute-config.ts';
import { checkBuildId, checkDeploymentName } from '../task/poll-version.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const createWorkerDeploymentVersion: WorkflowHandler<'createWorkerDeploymentVersion'> = async (request, ctx) => {
  const { deploymentName, buildId } = request.deploymentVersion ?? {};
  if (!deploymentName) throw invalidArgument('deployment name cannot be empty');
  if (!buildId) throw invalidArgument('build ID cannot be empty');
  checkDeploymentName(deploymentName);
  checkBuildId(buildId);
  refuseScalingGroups(Object.entries(request.computeConfig?.scalingGroups ?? {}));
  const { deployments } = ctx.system;
  const record = deployments.require(requireNamespace(ctx).id, deploymentName);
  const requestId = request.requestId || ctx.random.uuid();
  deployments.createVersion(record, buildId, { identity: request.identity ?? '', requestId });
  return {};
};

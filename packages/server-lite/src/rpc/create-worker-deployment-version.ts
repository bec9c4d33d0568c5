import { invalidArgument, unimplemented } from '../errors.ts';
import { checkBuildId, checkDeploymentName } from './poll-version.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';

export const createWorkerDeploymentVersion: WorkflowHandler<'createWorkerDeploymentVersion'> = async (request, ctx) => {
  const { deploymentName, buildId } = request.deploymentVersion ?? {};
  if (!deploymentName) throw invalidArgument('deployment name cannot be empty');
  if (!buildId) throw invalidArgument('build ID cannot be empty');
  checkDeploymentName(deploymentName);
  checkBuildId(buildId);
  if (Object.keys(request.computeConfig?.scalingGroups ?? {}).length > 0) {
    throw unimplemented('this server starts no workers: create the version without a compute config');
  }
  const { deployments } = ctx.system;
  const record = deployments.require(requireNamespace(ctx).id, deploymentName);
  const requestId = request.requestId || ctx.random.uuid();
  deployments.createVersion(record, buildId, { identity: request.identity ?? '', requestId });
  return {};
};

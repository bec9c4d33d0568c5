import { invalidArgument } from '../../errors.ts';
import { conflictToken } from '../../system/deployment/deployments.ts';
import { checkDeploymentName } from '../task/poll-version.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const createWorkerDeployment: WorkflowHandler<'createWorkerDeployment'> = async (request, ctx) => {
  const { deploymentName } = request;
  if (!deploymentName) throw invalidArgument('deployment name cannot be empty');
  checkDeploymentName(deploymentName);
  const requestId = request.requestId || ctx.random.uuid();
  const by = { identity: request.identity ?? '', requestId };
  const record = ctx.system.deployments.create(requireNamespace(ctx).id, deploymentName, by);
  return { conflictToken: conflictToken(record) };
};

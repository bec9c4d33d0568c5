import { conflictToken } from '../../system/deployment/deployments.ts';
import { deploymentInfo } from './deployment-message.ts';
import { checkDeploymentName } from '../task/poll-version.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const describeWorkerDeployment: WorkflowHandler<'describeWorkerDeployment'> = async (request, ctx) => {
  checkDeploymentName(request.deploymentName);
  const record = ctx.system.deployments.require(requireNamespace(ctx).id, request.deploymentName ?? '');
  return { conflictToken: conflictToken(record), workerDeploymentInfo: deploymentInfo(ctx, record) };
};

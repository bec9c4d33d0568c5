import { failedPrecondition } from '../../errors.ts';
import { checkDeploymentName } from '../task/poll-version.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const deleteWorkerDeployment: WorkflowHandler<'deleteWorkerDeployment'> = async (request, ctx) => {
  checkDeploymentName(request.deploymentName);
  const record = ctx.system.deployments.get(requireNamespace(ctx).id, request.deploymentName ?? '');
  if (!record) return {};
  if (record.versions.length > 0) throw failedPrecondition("deployment has versions, can't be deleted");
  ctx.system.deployments.delete(record);
  return {};
};

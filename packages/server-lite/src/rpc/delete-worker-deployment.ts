import { failedPrecondition, invalidArgument } from '../errors.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';

export const deleteWorkerDeployment: WorkflowHandler<'deleteWorkerDeployment'> = async (request, ctx) => {
  if (!request.deploymentName) throw invalidArgument('WorkerDeploymentName cannot be empty');
  const record = ctx.system.deployments.get(requireNamespace(ctx).id, request.deploymentName);
  if (!record) return {};
  if (record.versions.length > 0) throw failedPrecondition("deployment has versions, can't be deleted");
  ctx.system.deployments.delete(record);
  return {};
};

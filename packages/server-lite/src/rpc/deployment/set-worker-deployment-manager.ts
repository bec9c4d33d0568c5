import { invalidArgument, notFound } from '../../errors.ts';
import { conflictToken } from '../../system/deployment/deployments.ts';
import { checkDeploymentName } from '../task/poll-version.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

export const setWorkerDeploymentManager: WorkflowHandler<'setWorkerDeploymentManager'> = async (request, ctx) => {
  const { identity, deploymentName } = request;
  if (!identity) throw invalidArgument('Identity is required');
  checkDeploymentName(deploymentName);
  const { deployments } = ctx.system;
  const record = deployments.get(requireNamespace(ctx).id, deploymentName ?? '');
  if (!record) throw notFound(`workflow not found for ID: temporal-sys-worker-deployment:${deploymentName}`);
  const manager = request.self ? identity : (request.managerIdentity ?? '');
  if (record.manager === manager && record.lastModifier === identity) {
    return { conflictToken: conflictToken(record), previousManagerIdentity: manager };
  }
  const changed = deployments.change(record, { conflictToken: request.conflictToken, identity }, (current) => ({
    ...current,
    manager,
  }));
  return { conflictToken: conflictToken(changed), previousManagerIdentity: record.manager };
};

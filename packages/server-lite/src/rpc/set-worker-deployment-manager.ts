import { invalidArgument } from '../errors.ts';
import { conflictToken } from '../system/deployment/deployments.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';

export const setWorkerDeploymentManager: WorkflowHandler<'setWorkerDeploymentManager'> = async (request, ctx) => {
  if (!request.identity) throw invalidArgument('Identity is required');
  if (!request.deploymentName) throw invalidArgument('WorkerDeploymentName cannot be empty');
  const { identity } = request;
  const { deployments } = ctx.system;
  const record = deployments.require(requireNamespace(ctx).id, request.deploymentName);
  const manager = request.self ? identity : (request.managerIdentity ?? '');
  const changed = deployments.change(record, { conflictToken: request.conflictToken, identity }, (current) => ({
    ...current,
    manager,
  }));
  return { conflictToken: conflictToken(changed), previousManagerIdentity: record.manager };
};

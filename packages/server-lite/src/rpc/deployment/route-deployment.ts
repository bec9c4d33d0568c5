/** What requests to change a deployment's routing have in common. */
import type { DeploymentRecord, VersionQueue } from '../../system/deployment/deployment-record.ts';
import { speaker } from '../../system/deployment/route.ts';
import { requireNamespace, type RpcContext } from '../rpc.ts';
import { versionStats } from '../task-queue/task-queue-message.ts';

interface RoutingRequest {
  readonly deploymentName?: string | null | undefined;
  readonly allowNoPollers?: boolean | null | undefined;
}

/** @throws ServiceError NOT_FOUND, unless the request does without workers */
export function deploymentToRoute(ctx: RpcContext, request: RoutingRequest): DeploymentRecord {
  const namespaceId = requireNamespace(ctx).id;
  const name = request.deploymentName ?? '';
  const { deployments } = ctx.system;
  return request.allowNoPollers ? deployments.expect(namespaceId, name) : deployments.require(namespaceId, name);
}

/** Whether a queue of the current version has work, or had some lately, that only this deployment's workers take. */
export function queuesInUse(ctx: RpcContext, record: DeploymentRecord): (queue: VersionQueue) => boolean {
  const { namespaceId, name: deploymentName, routing } = record;
  const lane = `${deploymentName}:${routing.current}`;
  return ({ name, kind }) => {
    const key = { namespaceId, name, kind };
    if (speaker(ctx.system.deployments.list(namespaceId), key)?.name !== deploymentName) return false;
    const { approximateBacklogCount, tasksAddRate } = versionStats(ctx, key, lane);
    return Boolean(approximateBacklogCount) || Boolean(tasksAddRate);
  };
}

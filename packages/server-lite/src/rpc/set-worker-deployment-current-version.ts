import { invalidArgument } from '../errors.ts';
import { conflictToken } from '../system/deployment/deployments.ts';
import { setCurrent } from '../system/deployment/set-routing.ts';
import { versionMessage, versionText } from './deployment-message.ts';
import { requestedBuildId } from './deployment-version-name.ts';
import { deploymentToRoute, queuesInUse } from './route-deployment.ts';
import type { WorkflowHandler } from './rpc.ts';

export const setWorkerDeploymentCurrentVersion: WorkflowHandler<'setWorkerDeploymentCurrentVersion'> = async (
  request,
  ctx,
) => {
  if (!request.deploymentName) throw invalidArgument('deployment name cannot be empty');
  const buildId = requestedBuildId(request);
  const record = deploymentToRoute(ctx, request, buildId);
  const previous = record.routing.current;
  const { conflictToken: token, identity } = request;
  const isNeeded = request.ignoreMissingTaskQueues ? () => false : queuesInUse(ctx, record);
  const changed = ctx.system.deployments.change(
    record,
    { conflictToken: token, identity: identity ?? '', byManager: true },
    (current, nowMs) => setCurrent(current, { buildId, nowMs, isNeeded }),
  );
  return {
    conflictToken: conflictToken(changed),
    previousVersion: versionText(record.name, previous),
    ...(previous === '' ? {} : { previousDeploymentVersion: versionMessage(record.name, previous) }),
  };
};

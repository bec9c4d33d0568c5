import { invalidArgument } from '../errors.ts';
import { conflictToken } from '../system/deployment/deployments.ts';
import { setCurrent } from '../system/deployment/set-routing.ts';
import { versionMessage, versionText } from './deployment-message.ts';
import { requestedBuildId } from './deployment-version-name.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';

export const setWorkerDeploymentCurrentVersion: WorkflowHandler<'setWorkerDeploymentCurrentVersion'> = async (
  request,
  ctx,
) => {
  if (!request.deploymentName) throw invalidArgument('deployment name cannot be empty');
  const record = ctx.system.deployments.require(requireNamespace(ctx).id, request.deploymentName);
  const previous = record.routing.current;
  const buildId = requestedBuildId(request);
  const { conflictToken: token, identity } = request;
  const ignoreMissingTaskQueues = request.ignoreMissingTaskQueues === true;
  const changed = ctx.system.deployments.change(
    record,
    { conflictToken: token, identity: identity ?? '' },
    (current, nowMs) => setCurrent(current, { buildId, nowMs, ignoreMissingTaskQueues }),
  );
  return {
    conflictToken: conflictToken(changed),
    previousVersion: versionText(record.name, previous),
    ...(previous === '' ? {} : { previousDeploymentVersion: versionMessage(record.name, previous) }),
  };
};

import { invalidArgument } from '../errors.ts';
import { conflictToken } from '../system/deployment/deployments.ts';
import { setRamping } from '../system/deployment/set-routing.ts';
import { versionMessage, versionText } from './deployment-message.ts';
import { requestedBuildId } from './deployment-version-name.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';

export const setWorkerDeploymentRampingVersion: WorkflowHandler<'setWorkerDeploymentRampingVersion'> = async (
  request,
  ctx,
) => {
  if (!request.deploymentName) throw invalidArgument('WorkerDeploymentName cannot be empty');
  const record = ctx.system.deployments.require(requireNamespace(ctx).id, request.deploymentName);
  const { ramping, rampPercentage } = record.routing;
  const percentage = request.percentage ?? 0;
  const asked = requestedBuildId(request);
  // An empty build with a percentage of 0 ends the ramp; with another one, workers without a version are ramped to.
  const buildId = asked === '' && percentage === 0 ? undefined : asked;
  const ignoreMissingTaskQueues = request.ignoreMissingTaskQueues === true;
  const { conflictToken: token, identity } = request;
  const changed = ctx.system.deployments.change(
    record,
    { conflictToken: token, identity: identity ?? '' },
    (current, nowMs) => setRamping(current, { buildId, percentage, nowMs, ignoreMissingTaskQueues }),
  );
  return {
    conflictToken: conflictToken(changed),
    ...(ramping === undefined ? {} : { previousVersion: versionText(record.name, ramping) }),
    previousPercentage: rampPercentage,
    ...(ramping ? { previousDeploymentVersion: versionMessage(record.name, ramping) } : {}),
  };
};

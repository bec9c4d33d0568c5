import { invalidArgument } from '../errors.ts';
import { conflictToken } from '../system/deployment/deployments.ts';
import { setRamping } from '../system/deployment/set-routing.ts';
import { versionMessage, versionText } from './deployment-message.ts';
import { requestedBuildId } from './deployment-version-name.ts';
import { deploymentToRoute, queuesInUse } from './route-deployment.ts';
import type { WorkflowHandler } from './rpc.ts';

export const setWorkerDeploymentRampingVersion: WorkflowHandler<'setWorkerDeploymentRampingVersion'> = async (
  request,
  ctx,
) => {
  if (!request.deploymentName) throw invalidArgument('WorkerDeploymentName cannot be empty');
  const percentage = request.percentage ?? 0;
  if (percentage < 0 || percentage > 100) {
    throw invalidArgument('Percentage must be between 0 and 100 (inclusive)');
  }
  const asked = requestedBuildId(request);
  const record = deploymentToRoute(ctx, request, asked);
  const { ramping, rampPercentage } = record.routing;
  // An empty build with a percentage of 0 ends the ramp; with another one, workers without a version are ramped to.
  const buildId = asked === '' && percentage === 0 ? undefined : asked;
  const isNeeded = request.ignoreMissingTaskQueues ? () => false : queuesInUse(ctx, record);
  const { conflictToken: token, identity } = request;
  const changed = ctx.system.deployments.change(
    record,
    { conflictToken: token, identity: identity ?? '', byManager: true },
    (current, nowMs) => setRamping(current, { buildId, percentage, nowMs, isNeeded }),
  );
  return {
    conflictToken: conflictToken(changed),
    ...(ramping === undefined ? {} : { previousVersion: versionText(record.name, ramping) }),
    previousPercentage: rampPercentage,
    ...(ramping ? { previousDeploymentVersion: versionMessage(record.name, ramping) } : {}),
  };
};

import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { DeploymentRecord } from '../../system/deployment/deployment-record.ts';
import { conflictToken } from '../../system/deployment/deployments.ts';
import { admitRamping, setRamping } from '../../system/deployment/set-routing.ts';
import { unversioned, versionText } from '../../system/deployment/version-text.ts';
import { versionMessage } from './deployment-message.ts';
import { requireBuildOf } from './deployment-version-name.ts';
import { checkBuildId, checkDeploymentName } from '../task/poll-version.ts';
import { deploymentToRoute, queuesInUse } from './route-deployment.ts';
import type { WorkflowHandler } from '../rpc.ts';

type Request = temporal.api.workflowservice.v1.SetWorkerDeploymentRampingVersionRequest;
type Response = temporal.api.workflowservice.v1.SetWorkerDeploymentRampingVersionResponse;

export const setWorkerDeploymentRampingVersion: WorkflowHandler<'setWorkerDeploymentRampingVersion'> = async (
  request,
  ctx,
) => {
  const percentage = request.percentage ?? 0;
  if (percentage < 0 || percentage > 100) {
    throw invalidArgument('Percentage must be between 0 and 100 (inclusive)');
  }
  const buildId = rampingBuild(request, percentage);
  checkDeploymentName(request.deploymentName);
  const allowNoPollers = request.allowNoPollers === true;
  if (allowNoPollers && buildId) checkBuildId(buildId);
  const record = deploymentToRoute(ctx, request);
  const identity = request.identity ?? '';
  const { ramping, rampPercentage } = record.routing;
  const before = { ramping, rampPercentage };
  if (ramping === buildId && rampPercentage === percentage && record.lastModifier === identity) {
    return answer(record, before);
  }
  const isNeeded = request.ignoreMissingTaskQueues ? () => false : queuesInUse(ctx, record);
  const changed = ctx.system.deployments.change(
    record,
    {
      conflictToken: request.conflictToken,
      identity,
      admit: (known) => admitRamping(known, { buildId, identity, allowNoPollers }),
      expects: allowNoPollers ? buildId : undefined,
    },
    (known, nowMs) => setRamping(known, { buildId, percentage, nowMs, isNeeded }),
  );
  return answer(changed, before);
};

/** No build with a percentage of 0 ends the ramp, which is undefined; with another one, workers without a version are ramped to. */
function rampingBuild({ deploymentName, version, buildId }: Request, percentage: number): string | undefined {
  if ((!version || version === unversioned) && !buildId && percentage === 0) return undefined;
  const name = deploymentName ?? '';
  return requireBuildOf(name, version || versionText(name, buildId ?? ''));
}

function answer(
  record: DeploymentRecord,
  { ramping, rampPercentage }: { ramping?: string | undefined; rampPercentage: number },
): Response {
  return {
    conflictToken: conflictToken(record),
    ...(ramping === undefined ? {} : { previousVersion: versionText(record.name, ramping) }),
    previousPercentage: rampPercentage,
    ...(ramping ? { previousDeploymentVersion: versionMessage(record.name, ramping) } : {}),
  };
}

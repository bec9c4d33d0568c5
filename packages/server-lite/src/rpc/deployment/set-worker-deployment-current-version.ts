import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { DeploymentRecord } from '../../system/deployment/deployment-record.ts';
import { conflictToken } from '../../system/deployment/deployments.ts';
import { admitCurrent, setCurrent } from '../../system/deployment/set-routing.ts';
import { versionText } from '../../system/deployment/version-text.ts';
import { versionMessage } from './deployment-message.ts';
import { requireBuildOf } from './deployment-version-name.ts';
import { checkBuildId, checkDeploymentName } from '../task/poll-version.ts';
import { deploymentToRoute, queuesInUse } from './route-deployment.ts';
import type { WorkflowHandler } from '../rpc.ts';

type Response = temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionResponse;

export const setWorkerDeploymentCurrentVersion: WorkflowHandler<'setWorkerDeploymentCurrentVersion'> = async (
  request,
  ctx,
) => {
  const { deploymentName } = request;
  if (!deploymentName) throw invalidArgument('deployment name cannot be empty');
  const buildId = requireBuildOf(deploymentName, request.version || versionText(deploymentName, request.buildId ?? ''));
  checkDeploymentName(deploymentName);
  const allowNoPollers = request.allowNoPollers === true;
  if (allowNoPollers && buildId !== '') checkBuildId(buildId);
  const record = deploymentToRoute(ctx, request);
  const identity = request.identity ?? '';
  const { current } = record.routing;
  if (current === buildId && record.lastModifier === identity) return answer(record, current);
  const isNeeded = request.ignoreMissingTaskQueues ? () => false : queuesInUse(ctx, record);
  const changed = ctx.system.deployments.change(
    record,
    {
      conflictToken: request.conflictToken,
      identity,
      admit: (known) => admitCurrent(known, { buildId, identity, allowNoPollers }),
      expects: allowNoPollers ? buildId : undefined,
    },
    (known, nowMs) => setCurrent(known, { buildId, nowMs, isNeeded }),
  );
  return answer(changed, current);
};

const answer = (record: DeploymentRecord, previous: string): Response => ({
  conflictToken: conflictToken(record),
  previousVersion: versionText(record.name, previous),
  ...(previous === '' ? {} : { previousDeploymentVersion: versionMessage(record.name, previous) }),
});

import { invalidArgument } from '../../errors.ts';
import { refuseScalingGroups } from './check-compute-config.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const validateWorkerDeploymentVersionComputeConfig: WorkflowHandler<
  'validateWorkerDeploymentVersionComputeConfig'
> = async (request) => {
  const groups = Object.entries(request.computeConfigScalingGroups ?? {});
  refuseScalingGroups(groups.map(([name, { scalingGroup }]) => [name, scalingGroup]));
  throw invalidArgument(
    'No prior compute config found, which means nothing can be removed and something needs to be added to be valid',
  );
};

/** Methods that the real service has and refuses as it is delivered, with what it says. */
import { permissionDenied, unimplemented } from '../errors.ts';
import type { WorkflowHandlers } from './rpc.ts';

const refuse = (error: () => Error) => async (): Promise<never> => {
  throw error();
};

const rules = (name: string) => refuse(() => unimplemented(`method ${name} not supported`));
const oldVersioning = (generation: string) =>
  refuse(() => permissionDenied(`Worker versioning ${generation} is disabled on this namespace.`));
const deployments = refuse(() =>
  unimplemented('Deployments are deprecated and no longer supported, use Worker Deployments instead'),
);
const workerConfig = (name: string) => refuse(() => unimplemented(`${name} command is not enabled.`));

export const refusedMethods: WorkflowHandlers = {
  createWorkflowRule: rules('CreateWorkflowRule'),
  describeWorkflowRule: rules('DescribeWorkflowRule'),
  deleteWorkflowRule: rules('DeleteWorkflowRule'),
  listWorkflowRules: rules('ListWorkflowRules'),
  triggerWorkflowRule: rules('TriggerWorkflowRule'),
  updateWorkerBuildIdCompatibility: oldVersioning('v0.1 (Version Set-based, deprecated)'),
  getWorkerBuildIdCompatibility: oldVersioning('v0.1 (Version Set-based, deprecated)'),
  updateWorkerVersioningRules: oldVersioning('v0.2 (Rules-based, deprecated)'),
  getWorkerVersioningRules: oldVersioning('v0.2 (Rules-based, deprecated)'),
  getWorkerTaskReachability: oldVersioning('v0.2 (Rules-based, deprecated)'),
  describeDeployment: deployments,
  listDeployments: deployments,
  getDeploymentReachability: deployments,
  getCurrentDeployment: deployments,
  setCurrentDeployment: deployments,
  fetchWorkerConfig: workerConfig('FetchWorkerConfig'),
  updateWorkerConfig: workerConfig('UpdateWorkerConfig'),
};

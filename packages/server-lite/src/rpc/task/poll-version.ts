import { type temporal, WorkerVersioningMode } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { WorkerVersion } from '../../execution/workflow-task-state.ts';
import type { DeploymentVersion } from '../../matching/matching.ts';
import { byteLength } from '../validate.ts';

type PollRequest = Pick<
  temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest,
  'workerVersionCapabilities' | 'deploymentOptions'
>;

/** What history tells of the worker's build; a version of a deployment is told elsewhere. */
export function polledWorkerVersion(request: PollRequest): WorkerVersion | undefined {
  const { workerVersionCapabilities: known, deploymentOptions } = request;
  const isVersioned =
    deploymentOptions?.workerVersioningMode === WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED &&
    deploymentOptions.deploymentName;
  if (!known?.buildId || isVersioned || (known.useVersioning && known.deploymentSeriesName)) return undefined;
  return { buildId: known.buildId, useVersioning: known.useVersioning ?? false };
}

/** The same, as a worker says it with an answer. */
export function answeredWorkerVersion(
  stamp: temporal.api.common.v1.WorkerVersionStamp | null | undefined,
): WorkerVersion | undefined {
  return stamp ? { buildId: stamp.buildId ?? '', useVersioning: stamp.useVersioning ?? false } : undefined;
}

/** The version that a worker polls as; undefined when it polls without versioning. @throws ServiceError INVALID_ARGUMENT */
export function pollVersion(
  options: temporal.api.deployment.v1.WorkerDeploymentOptions | null | undefined,
): DeploymentVersion | undefined {
  if (options?.workerVersioningMode !== WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED) return undefined;
  const { deploymentName, buildId } = options;
  if (!deploymentName || !buildId) {
    throw invalidArgument('Both deployment name and build id must be set when versioning is enabled.');
  }
  checkPart('WorkerDeploymentName', deploymentName);
  checkPart('BuildID', buildId);
  return { deploymentName, buildId };
}

/** What the ids of the service's own workflows leave of their longest length for each part of a version. */
const longestPart = 480;

function checkPart(field: 'WorkerDeploymentName' | 'BuildID', value: string): void {
  if (value === '') throw invalidArgument(`${field} cannot be empty`);
  if (byteLength(value) > longestPart) throw invalidArgument(`size of ${field} larger than the maximum allowed`);
  if (field === 'WorkerDeploymentName') {
    const delimiter = ['.', ':'].find((sign) => value.includes(sign));
    if (delimiter) throw invalidArgument(`worker deployment name cannot contain '${delimiter}'`);
  }
  if (value.startsWith('__')) throw invalidArgument(`${field} cannot start with '__'`);
}

/** @throws ServiceError INVALID_ARGUMENT */
export const checkDeploymentName = (name: string | null | undefined): void =>
  checkPart('WorkerDeploymentName', name ?? '');

/** @throws ServiceError INVALID_ARGUMENT */
export const checkBuildId = (buildId: string): void => checkPart('BuildID', buildId);

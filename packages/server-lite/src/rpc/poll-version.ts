import { type temporal, WorkerVersioningMode } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { DeploymentVersion } from '../matching/matching.ts';

/** The version that a worker polls as; undefined when it polls without versioning. @throws ServiceError INVALID_ARGUMENT */
export function pollVersion(
  options: temporal.api.deployment.v1.WorkerDeploymentOptions | null | undefined,
): DeploymentVersion | undefined {
  if (options?.workerVersioningMode !== WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED) return undefined;
  const { deploymentName, buildId } = options;
  if (!deploymentName || !buildId) {
    throw invalidArgument('Both deployment name and build id must be set when versioning is enabled.');
  }
  return { deploymentName, buildId };
}

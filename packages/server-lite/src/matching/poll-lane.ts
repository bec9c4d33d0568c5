/** The lanes of a queue: one for each version that its work may be meant for. */
import type { DeploymentVersion, Poll } from './matching.ts';

export const unversionedLane = '';
export const laneOfVersion = (version: DeploymentVersion | undefined): string =>
  version ? `${version.deploymentName}:${version.buildId}` : unversionedLane;

/** Workers that are versioned by build ids alone, which no queue knows any more, get nothing that is not theirs. */
export const laneOfPoll = ({ version, capabilities }: Poll): string =>
  !version && capabilities?.useVersioning ? `:${capabilities.buildId ?? ''}` : laneOfVersion(version);

import type { Version } from './version.ts';

/** Whether both are the same build, or both none. */
export const isSameVersion = (a: Version | undefined, b: Version | undefined): boolean =>
  a?.deploymentName === b?.deploymentName && a?.buildId === b?.buildId;

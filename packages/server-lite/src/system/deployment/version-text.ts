/** Stands for workers without a version where versions are given as texts. */
export const unversioned = '__unversioned__';

export const versionText = (deployment: string, buildId: string): string =>
  buildId === '' ? unversioned : `${deployment}.${buildId}`;

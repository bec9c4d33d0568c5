/** Where a deployment sends a run: to a version, or to workers without one. */
export interface Target {
  readonly version: Version | undefined;
}

/** A build of a worker deployment. */
export interface Version {
  readonly deploymentName: string;
  readonly buildId: string;
}

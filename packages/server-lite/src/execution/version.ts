/** A build of a worker deployment. */
export interface Version {
  readonly deploymentName: string;
  readonly buildId: string;
}

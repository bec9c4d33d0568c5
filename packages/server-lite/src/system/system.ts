/** Everything that is not an execution, by name. */
export interface System {
  readonly version: string;
  readonly clusterId: string;
}

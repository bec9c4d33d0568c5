/** Which run is meant, in full. `key` is the store's integer for it; it never leaves the server. */
export interface RunRef {
  readonly key: number;
  readonly namespaceId: string;
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

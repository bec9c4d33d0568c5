/** What a run carries out: a workflow, or an activity that was started on its own. Each kind has ids of its own. */
export type RunKind = 'workflow' | 'activity';

/** Which run is meant, in full. `key` is the store's integer for it; it never leaves the server. */
export interface RunRef {
  readonly key: number;
  readonly kind: RunKind;
  readonly namespaceId: string;
  readonly namespace: string;
  /** The id that the user gave it: the workflow's, or the activity's where the run is one. */
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * The list of executions that users search: one record per run, kept equal to the run's state.
 *
 * The engine hands a record over with each transition that changes one (start, search attributes, memo, close, reset),
 * and the store writes it in the same transaction. Reads are synchronous and see everything written before.
 */
import type { Payload } from '@reprise/common';

/** One run, as lists show it. Times are server time in ms since the epoch. */
export interface VisibilityRecord {
  readonly namespaceId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  /** WorkflowExecutionStatus. */
  readonly status: number;
  readonly startTimeMs: number;
  readonly executionTimeMs: number;
  readonly closeTimeMs?: number | undefined;
  /** The next three only once closed. */
  readonly historyLength?: number | undefined;
  readonly historySizeBytes?: number | undefined;
  readonly stateTransitionCount?: number | undefined;
  readonly taskQueue: string;
  readonly memo?: Readonly<Record<string, Payload>> | undefined;
  /** Custom and predefined ones, by the name that users know, with `type` metadata. */
  readonly searchAttributes?: Readonly<Record<string, Payload>> | undefined;
  readonly parentWorkflowId?: string | undefined;
  readonly parentRunId?: string | undefined;
  readonly rootWorkflowId: string;
  readonly rootRunId: string;
}

/** What the store calls inside its transaction. */
export interface VisibilityWriter {
  upsert(record: VisibilityRecord): void;
  remove(key: { namespaceId: string; workflowId: string; runId: string }): void;
}

export interface VisibilityPage {
  readonly records: readonly VisibilityRecord[];
  /** Empty when there is nothing after this page. */
  readonly nextPageToken: Uint8Array;
}

export interface VisibilityCount {
  readonly count: number;
  readonly groups: readonly { readonly values: readonly Payload[]; readonly count: number }[];
}

export interface Visibility extends VisibilityWriter {
  /** @throws ServiceError INVALID_ARGUMENT `invalid query: ...` */
  list(request: {
    namespaceId: string;
    query: string;
    pageSize: number;
    pageToken?: Uint8Array | undefined;
  }): VisibilityPage;
  /** @throws ServiceError INVALID_ARGUMENT `invalid query: ...` */
  count(request: { namespaceId: string; query: string }): VisibilityCount;
}

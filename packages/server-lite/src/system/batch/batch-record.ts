/** What is kept of a batch operation. */
import type { BatchOperationState, temporal } from '@reprise/proto';

export type BatchRequest = temporal.api.workflowservice.v1.StartBatchOperationRequest;

export interface BatchRecord {
  readonly namespaceId: string;
  readonly namespace: string;
  readonly jobId: string;
  readonly runId: string;
  readonly startRequestId: string;
  readonly request: BatchRequest;
  readonly operationType: number;
  readonly identity: string;
  readonly state: BatchOperationState;
  readonly startMs: number;
  readonly closeMs?: number | undefined;
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly stopReason?: string | undefined;
}

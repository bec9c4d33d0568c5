import type { Priority, RetryPolicy, Untyped } from '@reprise/common';

/** What an activity can know of its own execution. */
export interface Info {
  /** Opaque name of this attempt; completes it from elsewhere. */
  readonly taskToken: Uint8Array;
  /** `taskToken` as base64 text. */
  readonly base64TaskToken: string;
  readonly activityId: string;
  /** The name the activity was scheduled under. */
  readonly activityType: string;
  /** The same as `namespace`. */
  readonly activityNamespace: string;
  readonly namespace: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Whether this is a local activity. */
  readonly isLocal: boolean;
  /** The workflow that scheduled the activity; absent for a standalone activity. */
  readonly workflowExecution?: { readonly workflowId: string; readonly runId: string };
  readonly workflowNamespace?: string;
  readonly workflowType?: string;
  /** When the first attempt was scheduled, ms since epoch. */
  readonly scheduledTimestampMs: number;
  /** When this attempt was scheduled, ms since epoch. */
  readonly currentAttemptScheduledTimestampMs: number;
  readonly scheduleToCloseTimeoutMs: number;
  readonly startToCloseTimeoutMs: number;
  /** Absent when the activity has no heartbeat timeout. */
  readonly heartbeatTimeoutMs?: number;
  /** What the last attempt passed to `heartbeat`; undefined in the first. */
  readonly heartbeatDetails: Untyped;
  readonly taskQueue: string;
  readonly priority?: Priority;
  readonly retryPolicy?: RetryPolicy;
  /** The run id of a standalone activity. */
  readonly activityRunId?: string;
  /** Whether a workflow scheduled this activity. */
  readonly inWorkflow: boolean;
}

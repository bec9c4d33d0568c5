import type {
  Priority,
  RetryPolicy,
  SearchAttributes,
  SuggestContinueAsNewReason,
  TypedSearchAttributes,
  WorkerDeploymentVersion,
} from '@reprise/common';

/** What is known of the current run. The object never changes; a later call of `workflowInfo()` may give another. */
export interface WorkflowInfo {
  /** The id that the caller chose; shared by all runs of a chain. */
  readonly workflowId: string;
  /** The id of this run. */
  readonly runId: string;
  readonly workflowType: string;
  /** Untyped search attributes. Prefer `typedSearchAttributes`. */
  readonly searchAttributes: SearchAttributes;
  readonly typedSearchAttributes: TypedSearchAttributes;
  readonly memo: Record<string, unknown>;
  /** The workflow that started this one as its child. */
  readonly parent?: ParentWorkflowInfo;
  /** The workflow at the top of the chain of parents. */
  readonly root?: RootWorkflowInfo;
  /** What the run before returned, for cron workflows and retries. */
  readonly lastResult?: unknown;
  /** Why the run before failed. */
  readonly lastFailure?: Error;
  /** Events in history up to the current task. */
  readonly historyLength: number;
  /** Bytes of history up to the current task; 0 when the server does not say. */
  readonly historySize: number;
  /** The server suggests to continue as new. */
  readonly continueAsNewSuggested: boolean;
  /** Why the server suggests it. */
  readonly suggestedContinueAsNewReasons?: SuggestContinueAsNewReason[];
  /** The version that tasks of this workflow should move to has changed. */
  readonly targetWorkerDeploymentVersionChanged: boolean;
  readonly taskQueue: string;
  readonly namespace: string;
  /** The first run of the chain of continue-as-new, retry and cron runs. */
  readonly firstExecutionRunId: string;
  /** The run id that this run had before resets. */
  readonly originalExecutionRunId: string;
  /** The run that continued as this one. */
  readonly continuedFromExecutionRunId?: string;
  /** When the workflow was started. */
  readonly startTime: Date;
  /** When this run began to run. */
  readonly runStartTime: Date;
  readonly executionTimeoutMs?: number;
  readonly executionExpirationTime?: Date;
  readonly runTimeoutMs?: number;
  readonly taskTimeoutMs: number;
  readonly retryPolicy?: RetryPolicy;
  /** Starts at 1. */
  readonly attempt: number;
  readonly cronSchedule?: string;
  /** Milliseconds between two scheduled runs. */
  readonly cronScheduleToScheduleInterval?: number;
  /** The build id of the worker that completed, or now runs, the current task. Use `currentDeploymentVersion`. */
  readonly currentBuildId?: string;
  readonly currentDeploymentVersion?: WorkerDeploymentVersion;
  /** Empty when nothing was said of it. */
  readonly priority?: Priority;
  readonly unsafe: UnsafeWorkflowInfo;
}

/** Random numbers outside the streams that replay repeats. */
export interface UnsafeRandomSource {
  /** A number in [0, 1). */
  random(): number;
  uuid4(): string;
  /** Fills the array and returns it. */
  fillRandom(bytes: Uint8Array): Uint8Array;
}

/** What differs between the first execution and a replay. Code that depends on it breaks replay. */
export interface UnsafeWorkflowInfo {
  /** The time of the host, in milliseconds since the epoch. */
  now(): number;
  /** True while history is replayed. */
  readonly isReplaying: boolean;
  /** Like `isReplaying`, but false in queries and update validators. */
  readonly isReplayingHistoryEvents: boolean;
  readonly random: UnsafeRandomSource;
}

/** The ids of a parent workflow. */
export interface ParentWorkflowInfo {
  workflowId: string;
  runId: string;
  namespace: string;
}

/** The ids of a root workflow. */
export interface RootWorkflowInfo {
  workflowId: string;
  runId: string;
}

import type {
  ActivityFunction,
  Duration,
  PayloadTypeInfo,
  Priority,
  RetryPolicy,
  SearchAttributePair,
  TypedSearchAttributes,
  TypeInfo,
  Untyped,
  WorkerDeploymentVersion,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type {
  ActivityExecutionStatus,
  ActivityIdConflictPolicy,
  ActivityIdReusePolicy,
  PendingActivityState,
} from './activity-enums.ts';

/** How to start an activity of its own, without a workflow. One of the two `...ToCloseTimeout`s is required. */
export interface ActivityOptions {
  /** The business id of the activity. */
  id: string;
  /** Where workers poll for it. */
  taskQueue: string;
  args?: Untyped[] | Readonly<Untyped[]>;
  /** What is declared of the types of the arguments and the result. */
  typeInfo?: PayloadTypeInfo;
  /** The longest one attempt may take. */
  startToCloseTimeout?: Duration;
  /** The longest it may take over all attempts. */
  scheduleToCloseTimeout?: Duration;
  /** The longest it may wait for a worker. */
  scheduleToStartTimeout?: Duration;
  /** The longest time between two heartbeats. */
  heartbeatTimeout?: Duration;
  retry?: RetryPolicy;
  idReusePolicy?: ActivityIdReusePolicy;
  idConflictPolicy?: ActivityIdConflictPolicy;
  typedSearchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
  /** One line for people; Markdown. */
  summary?: string;
  priority?: Priority;
  /** How long the first attempt waits. */
  startDelay?: Duration;
}

/** The names of the activities of `T`. */
export type ActivityName<T> = {
  [N in keyof T & string]: T[N] extends ActivityFunction<Untyped[], Untyped> ? N : never;
}[keyof T & string];

/** What an activity of `T` takes. */
export type ActivityArgs<T, N extends ActivityName<T>> =
  T[N] extends ActivityFunction<infer Args extends Untyped[], Untyped> ? Args : never;

/** What an activity of `T` gives. */
export type ActivityResult<T, N extends ActivityName<T>> =
  T[N] extends ActivityFunction<Untyped[], infer Result> ? Result : never;

/** `ActivityOptions` with the arguments, required where the activity takes any. */
export type ActivityOptionsWithArgs<Args extends Untyped[]> = Omit<ActivityOptions, 'args'> &
  (Args extends [unknown, ...unknown[]] ? { args: Args | Readonly<Args> } : { args?: Args | Readonly<Args> });

/** The options for an activity of `T`. */
export type ActivityOptionsFor<T, N extends ActivityName<T>> = ActivityOptionsWithArgs<ActivityArgs<T, N>>;

export type RawActivityExecutionInfo = temporal.api.activity.v1.ActivityExecutionInfo;
export type RawActivityExecutionListInfo = temporal.api.activity.v1.ActivityExecutionListInfo;
export type RawActivityExecutionCallbacks = temporal.api.activity.v1.CallbackInfo[];

/** What `list` gives of an activity. */
export interface ActivityExecutionInfo {
  activityId: string;
  activityRunId: string;
  activityType: string;
  taskQueue: string;
  status: ActivityExecutionStatus;
  scheduleTime?: Date;
  closeTime?: Date;
  typedSearchAttributes: TypedSearchAttributes;
  /** When it began to run, after its start delay. */
  executionTime?: Date;
  /** From its start to its end; absent while it runs. */
  executionDurationMs?: number;
  rawListInfo?: RawActivityExecutionListInfo;
}

/** What `describe` gives. What it was not asked to fetch is absent. */
export interface ActivityExecutionDescription extends ActivityExecutionInfo {
  attempt: number;
  runState?: PendingActivityState;
  scheduleToCloseTimeoutMs?: number;
  scheduleToStartTimeoutMs?: number;
  startToCloseTimeoutMs?: number;
  heartbeatTimeoutMs?: number;
  startDelayMs?: number;
  retryPolicy: RetryPolicy;
  priority: Priority;
  lastStartedTime?: Date;
  lastHeartbeatTime?: Date;
  totalHeartbeatCount?: number;
  lastAttemptCompleteTime?: Date;
  nextAttemptScheduleTime?: Date;
  /** From the attempt that failed to the next. */
  currentRetryIntervalMs?: number;
  /** When its schedule-to-close timeout ends it. */
  expirationTime?: Date;
  lastWorkerIdentity?: string;
  lastDeploymentVersion?: WorkerDeploymentVersion;
  canceledReason?: string;
  rawInfo: RawActivityExecutionInfo;
  rawCallbacks: RawActivityExecutionCallbacks;
  readonly hasInput: boolean;
  readonly hasResult: boolean;
  readonly hasOutcomeFailure: boolean;
  readonly hasHeartbeatDetails: boolean;
  readonly hasLastFailure: boolean;
  /** The arguments, with `includeInput`. */
  getInput<T extends Untyped[] = Untyped[]>(): Promise<T | undefined>;
  /** The result, with `includeOutcome`. */
  getResult<T = Untyped>(): Promise<T | undefined>;
  /** Why the activity did not complete, with `includeOutcome`. */
  getOutcomeFailure(): Promise<Error | undefined>;
  /** The details of the last heartbeat, with `includeHeartbeatDetails`. */
  getHeartbeatDetails<T = Untyped>(): Promise<T | undefined>;
  /** Why the last attempt failed, with `includeLastFailure`. */
  getLastFailure(): Promise<Error | undefined>;
}

/** What `describe` fetches beyond the state. */
export interface ActivityDescribeOptions {
  includeInput?: boolean;
  includeOutcome?: boolean;
  includeHeartbeatDetails?: boolean;
  includeLastFailure?: boolean;
}

export interface ActivityPauseOptions {
  /** Why, for people. */
  reason?: string;
}

export interface ActivityUnpauseOptions {
  /** Why, for people. */
  reason?: string;
  /** The next attempt comes at random within this time. */
  jitter?: Duration;
}

/** Changes to the options of a running activity; null takes an option back. */
export interface ActivityOptionsUpdate {
  taskQueue?: string;
  startToCloseTimeout?: Duration | null;
  scheduleToCloseTimeout?: Duration | null;
  scheduleToStartTimeout?: Duration | null;
  heartbeatTimeout?: Duration | null;
  startDelay?: Duration | null;
  retry?: RetryPolicy | null;
  priority?: Priority | null;
}

/** The options of an activity after a change. */
export type ActivityOptionsUpdateResult = {
  [K in keyof ActivityOptionsUpdate]: Exclude<ActivityOptionsUpdate[K], null>;
};

/** Which activity a call is about. */
export interface ActivityTarget {
  readonly activityId: string;
  /** Without one, the latest run. */
  readonly activityRunId?: string | undefined;
  /** What is declared of the type of the result. */
  readonly outputType?: TypeInfo | undefined;
}

/** How many activities match, in all and by group. */
export interface CountActivityExecutions {
  readonly count: number;
  readonly groups?: readonly { readonly count: number; readonly groupValues?: unknown[] }[];
}

/** One standalone activity. */
export interface ActivityHandle<R = Untyped> {
  readonly activityId: string;
  /** The run that the handle is about; without one, the latest. */
  readonly runId?: string;
  /** The result, waited for. @throws ActivityExecutionFailedError when there is none. */
  result(): Promise<R>;
  /** What the server knows of the activity. */
  describe(options?: ActivityDescribeOptions): Promise<ActivityExecutionDescription>;
  /** Asks the activity to cancel itself. */
  cancel(reason?: string): Promise<void>;
  /** Ends the activity without asking it. */
  terminate(reason?: string): Promise<void>;
  /** Starts no further attempt until `unpause`. */
  pause(options?: ActivityPauseOptions): Promise<void>;
  unpause(options?: ActivityUnpauseOptions): Promise<void>;
  /** Changes options for the attempts to come; gives all of them as they are then. */
  updateOptions(options: ActivityOptionsUpdate): Promise<ActivityOptionsUpdateResult>;
  /** Takes back what `updateOptions` changed; gives the options as they are then. */
  restoreOriginalOptions(): Promise<ActivityOptionsUpdate>;
}

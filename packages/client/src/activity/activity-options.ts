import type {
  Duration,
  Headers,
  Priority,
  RetryPolicy,
  SearchAttributePair,
  TypedSearchAttributes,
  Untyped,
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
  staticSummary?: string;
  /** More for people; Markdown. */
  staticDetails?: string;
  priority?: Priority;
  /** How long the first attempt waits. */
  startDelay?: Duration;
}

/** A function that is an activity. */
export type AnyActivity = (...args: Untyped[]) => Promise<Untyped>;

/** What an activity takes. */
export type ActivityArgs<A extends AnyActivity> = Parameters<A>;
/** What an activity gives. */
export type ActivityResult<A extends AnyActivity> = Awaited<ReturnType<A>>;
/** The names of activities. */
export type ActivityName<T> = keyof T & string;

/** `ActivityOptions` with the arguments, required where the activity takes any. */
export type ActivityOptionsWithArgs<Args extends readonly unknown[] = readonly Untyped[]> = ActivityOptions &
  (Args extends readonly [unknown, ...unknown[]] ? { args: Args | Readonly<Args> } : { args?: Args | Readonly<Args> });

/** The options for an activity of `T`. */
export type ActivityOptionsFor<T, Name extends ActivityName<T>> = T[Name] extends AnyActivity
  ? ActivityOptionsWithArgs<ActivityArgs<T[Name]>>
  : never;

export type RawActivityExecutionInfo = temporal.api.activity.v1.ActivityExecutionInfo;
export type RawActivityExecutionListInfo = temporal.api.activity.v1.ActivityExecutionListInfo;

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
  rawListInfo?: RawActivityExecutionListInfo;
}

/** What `describe` gives. */
export interface ActivityExecutionDescription extends ActivityExecutionInfo {
  attempt: number;
  runState?: PendingActivityState;
  lastStartedTime?: Date;
  lastHeartbeatTime?: Date;
  lastWorkerIdentity?: string;
  nextAttemptScheduleTime?: Date;
  retryPolicy?: RetryPolicy;
  priority?: Priority;
  rawInfo: RawActivityExecutionInfo;
  /** The arguments, when they were asked for. */
  input?: unknown[];
  /** The result, when it was asked for and the activity has completed. */
  result?: unknown;
  /** Why the activity failed, when that was asked for. */
  failure?: Error;
  heartbeatDetails?: unknown[];
  lastFailure?: Error;
}

/** What `describe` fetches beyond the state. */
export interface ActivityDescribeOptions {
  includeInput?: boolean;
  includeOutcome?: boolean;
  includeHeartbeatDetails?: boolean;
  includeLastFailure?: boolean;
}

/** Changes to the options of a running activity. */
export interface ActivityOptionsUpdate {
  taskQueue?: string;
  startToCloseTimeout?: Duration;
  scheduleToCloseTimeout?: Duration;
  scheduleToStartTimeout?: Duration;
  heartbeatTimeout?: Duration;
  retry?: RetryPolicy;
  priority?: Priority;
}

export interface ActivityStartInput {
  readonly activityType: string;
  readonly options: ActivityOptions & { readonly args: readonly unknown[] };
  readonly headers: Headers;
}

/** Which activity a call is about. */
export interface ActivityTarget {
  readonly activityId: string;
  readonly activityRunId?: string | undefined;
}

/** Stands between the client and the server. */
export interface ActivityClientInterceptor {
  /** Start an activity; gives its run id. */
  start?: (input: ActivityStartInput, next: (input: ActivityStartInput) => Promise<string>) => Promise<string>;
  getResult?: (input: ActivityTarget, next: (input: ActivityTarget) => Promise<unknown>) => Promise<unknown>;
  describe?: (
    input: ActivityTarget & { readonly options: ActivityDescribeOptions },
    next: (
      input: ActivityTarget & { readonly options: ActivityDescribeOptions },
    ) => Promise<ActivityExecutionDescription>,
  ) => Promise<ActivityExecutionDescription>;
  cancel?: (
    input: ActivityTarget & { readonly reason?: string | undefined },
    next: (input: ActivityTarget & { readonly reason?: string | undefined }) => Promise<void>,
  ) => Promise<void>;
  terminate?: (
    input: ActivityTarget & { readonly reason?: string | undefined },
    next: (input: ActivityTarget & { readonly reason?: string | undefined }) => Promise<void>,
  ) => Promise<void>;
}

import type { Headers, Next, TypeInfo, Untyped } from '@reprise/common';
import type {
  ActivityDescribeOptions,
  ActivityExecutionDescription,
  ActivityExecutionInfo,
  ActivityHandle,
  ActivityOptions,
  ActivityOptionsUpdate,
  ActivityOptionsUpdateResult,
  ActivityPauseOptions,
  ActivityUnpauseOptions,
  CountActivityExecutions,
} from './activity-options.ts';

export interface ActivityStartInput {
  readonly activityType: string;
  readonly options: ActivityOptions;
  readonly headers: Headers;
}

/** Which activity a call is about. */
export interface ActivityTargetInput {
  readonly activityId: string;
  /** Empty: the latest run. */
  readonly activityRunId: string;
  readonly headers: Headers;
}

export interface ActivityGetResultInput extends ActivityTargetInput {
  /** What is declared of the type of the result. */
  readonly outputType?: TypeInfo;
}

export interface ActivityDescribeInput extends ActivityTargetInput {
  readonly options: Required<ActivityDescribeOptions>;
}

export interface ActivityCancelInput extends ActivityTargetInput {
  readonly reason: string;
}

export interface ActivityTerminateInput extends ActivityTargetInput {
  readonly reason: string;
}

export interface ActivityPauseInput extends ActivityTargetInput {
  readonly options: ActivityPauseOptions;
}

export interface ActivityUnpauseInput extends ActivityTargetInput {
  readonly options: ActivityUnpauseOptions;
}

export interface ActivityUpdateOptionsInput extends ActivityTargetInput {
  readonly options: ActivityOptionsUpdate;
}

export type ActivityRestoreOriginalOptionsInput = ActivityTargetInput;

export interface ActivityListInput {
  readonly query: string;
  readonly headers: Headers;
}

export interface ActivityCountInput {
  readonly query: string;
  readonly headers: Headers;
}

/** Stands between the client and the server; each calls `next` to go on. */
export interface ActivityClientInterceptor {
  start?(input: ActivityStartInput, next: Next<this, 'start'>): Promise<ActivityHandle>;
  getResult?(input: ActivityGetResultInput, next: Next<this, 'getResult'>): Promise<Untyped>;
  describe?(input: ActivityDescribeInput, next: Next<this, 'describe'>): Promise<ActivityExecutionDescription>;
  cancel?(input: ActivityCancelInput, next: Next<this, 'cancel'>): Promise<void>;
  terminate?(input: ActivityTerminateInput, next: Next<this, 'terminate'>): Promise<void>;
  list?(input: ActivityListInput, next: Next<this, 'list'>): AsyncIterable<ActivityExecutionInfo>;
  count?(input: ActivityCountInput, next: Next<this, 'count'>): Promise<CountActivityExecutions>;
  pause?(input: ActivityPauseInput, next: Next<this, 'pause'>): Promise<void>;
  unpause?(input: ActivityUnpauseInput, next: Next<this, 'unpause'>): Promise<void>;
  updateOptions?(
    input: ActivityUpdateOptionsInput,
    next: Next<this, 'updateOptions'>,
  ): Promise<ActivityOptionsUpdateResult>;
  restoreOriginalOptions?(
    input: ActivityRestoreOriginalOptionsInput,
    next: Next<this, 'restoreOriginalOptions'>,
  ): Promise<ActivityOptionsUpdate>;
}

import type {
  CommonWorkflowOptions,
  Duration,
  Headers,
  Priority,
  RetryPolicy,
  SearchAttributePair,
  SearchAttributes,
  TypedSearchAttributes,
  WithWorkflowArgs,
  Workflow,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { ScheduleOverlapPolicy } from './overlap-policy.ts';
import type { ScheduleSpec, ScheduleSpecDescription } from './schedule-spec.ts';

/** Starts a workflow. */
export type ScheduleOptionsStartWorkflowAction<W extends Workflow = Workflow> = WithWorkflowArgs<
  W,
  Omit<CommonWorkflowOptions, 'workflowIdReusePolicy' | 'workflowIdConflictPolicy' | 'cronSchedule'> & {
    type: 'startWorkflow';
    workflowType: string | W;
    taskQueue: string;
    /** To which the time of the action is added; the schedule's id and `-workflow` by default. */
    workflowId?: string;
  }
>;

/** What a schedule does. */
export type ScheduleOptionsAction = ScheduleOptionsStartWorkflowAction;

/** Acts as though the schedule had been there in the past. */
export interface Backfill {
  /** From when, this moment excluded. */
  start: Date;
  /** Until when, this moment included. */
  end: Date;
  /** The schedule's own by default. */
  overlap?: ScheduleOverlapPolicy;
}

interface Policies {
  /** `SKIP` by default. */
  overlap?: ScheduleOverlapPolicy;
  /** How late an action may still be taken after the server was away; a year by default. */
  catchupWindow?: Duration;
  /** Whether the schedule pauses when a workflow fails. */
  pauseOnFailure?: boolean;
}

interface State {
  /** For people. */
  note?: string;
  paused?: boolean;
  /** How many actions are left to take; without limit by default. */
  remainingActions?: number;
}

/** What a schedule is made of. */
export interface ScheduleOptions<A extends ScheduleOptionsAction = ScheduleOptionsAction> {
  scheduleId: string;
  spec: ScheduleSpec;
  action: A;
  policies?: Policies;
  memo?: Record<string, unknown>;
  /** @deprecated in favour of `typedSearchAttributes`. */
  searchAttributes?: SearchAttributes;
  typedSearchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
  state?: State & {
    /** Acts once right away. */
    triggerImmediately?: boolean;
    backfill?: Backfill[];
  };
}

/** What `update` may change: everything but the id and the memo. Attributes that are left out stay as they are. */
export type ScheduleUpdateOptions<A extends ScheduleOptionsAction = ScheduleOptionsAction> = Omit<
  ScheduleOptions<A>,
  'scheduleId' | 'memo' | 'state'
> & { state: State };

/** What interceptors see of a schedule that is created. */
export type CompiledScheduleOptions = Omit<ScheduleOptions, 'action'> & { action: CompiledScheduleAction };
/** What an update of a schedule comes to. */
export type CompiledScheduleUpdateOptions = Omit<ScheduleUpdateOptions, 'action'> & { action: CompiledScheduleAction };
/** An action whose workflow has an id. */
export type CompiledScheduleAction = Omit<ScheduleOptionsAction, 'workflowType' | 'args'> & {
  workflowId: string;
  workflowType: string;
  args: unknown[];
};

export interface CreateScheduleInput {
  readonly headers: Headers;
  readonly options: CompiledScheduleOptions;
}

export interface CreateScheduleOutput {
  readonly conflictToken: Uint8Array;
}

/** Stands between the client and the server when a schedule is created. */
export interface ScheduleClientInterceptor {
  create?: (
    input: CreateScheduleInput,
    next: (input: CreateScheduleInput) => Promise<CreateScheduleOutput>,
  ) => Promise<CreateScheduleOutput>;
}

/** A workflow that a schedule started. */
export interface ScheduleExecutionStartWorkflowActionResult {
  type: 'startWorkflow';
  workflow: { workflowId: string; firstExecutionRunId: string };
}
export type ScheduleExecutionActionResult = ScheduleExecutionStartWorkflowActionResult;

/** An action that a schedule took. */
export interface ScheduleExecutionResult {
  /** When it was due, jitter included. */
  scheduledAt: Date;
  takenAt: Date;
  action: ScheduleExecutionActionResult;
}

/** The action of a described schedule. */
export interface ScheduleDescriptionStartWorkflowAction {
  type: 'startWorkflow';
  workflowId: string;
  workflowType: string;
  taskQueue: string;
  args: unknown[];
  memo?: Record<string, unknown>;
  searchAttributes?: SearchAttributes;
  typedSearchAttributes?: TypedSearchAttributes;
  retry?: RetryPolicy;
  workflowExecutionTimeout?: number;
  workflowRunTimeout?: number;
  workflowTaskTimeout?: number;
  staticSummary?: string;
  staticDetails?: string;
  priority?: Priority;
}
export type ScheduleDescriptionAction = ScheduleDescriptionStartWorkflowAction;

/** What `describe` gives. It can be handed to `update` again, with changes. */
export interface ScheduleDescription {
  scheduleId: string;
  spec: ScheduleSpecDescription;
  action: ScheduleDescriptionAction;
  memo?: Record<string, unknown>;
  /** @deprecated in favour of `typedSearchAttributes`. */
  searchAttributes: SearchAttributes;
  typedSearchAttributes: TypedSearchAttributes;
  policies: { overlap: ScheduleOverlapPolicy; /** ms */ catchupWindow: number; pauseOnFailure: boolean };
  state: { note?: string; paused: boolean; remainingActions?: number };
  info: {
    recentActions: ScheduleExecutionResult[];
    nextActionTimes: Date[];
    createdAt: Date;
    /** Undefined when it never was. */
    lastUpdatedAt: Date | undefined;
    runningActions: ScheduleExecutionActionResult[];
    numActionsTaken: number;
    numActionsMissedCatchupWindow: number;
    numActionsSkippedOverlap: number;
  };
  raw: temporal.api.workflowservice.v1.DescribeScheduleResponse;
}

/** The action of a listed schedule. */
export interface ScheduleSummaryStartWorkflowAction {
  type: 'startWorkflow';
  workflowType: string;
}
export type ScheduleSummaryAction = ScheduleSummaryStartWorkflowAction;

/** What `list` gives. */
export interface ScheduleSummary {
  scheduleId: string;
  spec?: ScheduleSpecDescription;
  action?: ScheduleSummaryAction;
  memo?: Record<string, unknown>;
  /** @deprecated in favour of `typedSearchAttributes`. */
  searchAttributes?: SearchAttributes;
  typedSearchAttributes?: TypedSearchAttributes;
  state: { note?: string; paused: boolean };
  info: { recentActions: ScheduleExecutionResult[]; nextActionTimes: Date[] };
}

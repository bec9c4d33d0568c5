/**
 * What must follow a commit. An effect is data: `perform` carries it out after the turn's commit, and again after a crash,
 * so each is safe to repeat. Those that name an event id are checked against the execution when they come back in.
 */
import type { temporal } from '@reprise/proto';
import type { UpdateEnd } from './update-state.ts';
import type { RunRef } from './run-ref.ts';

/** Offer a workflow task to pollers. It is valid while the run's task has this scheduled event id, attempt and stamp. */
export interface DispatchWorkflowTask {
  readonly kind: 'dispatchWorkflowTask';
  readonly run: RunRef;
  /** The queue to offer it on: a sticky queue when `normalName` is set. */
  readonly taskQueue: string;
  /** The normal queue behind a sticky one. */
  readonly normalName?: string;
  readonly scheduledEventId: number;
  readonly attempt: number;
  readonly stamp: number;
  readonly scheduledTimeMs: number;
  readonly priority?: temporal.api.common.v1.Priority | null;
  readonly routing?: Routing;
}

/** Offer an activity attempt to pollers. It is valid while the activity has this attempt and stamp and is not started. */
export interface DispatchActivityTask {
  readonly kind: 'dispatchActivityTask';
  readonly run: RunRef;
  readonly taskQueue: string;
  readonly scheduledEventId: number;
  readonly activityId: string;
  readonly attempt: number;
  readonly stamp: number;
  readonly scheduledTimeMs: number;
  /** Absolute, when schedule-to-start or schedule-to-close ends it; absent when nothing does. */
  readonly expiresAtMs?: number;
  readonly priority?: temporal.api.common.v1.Priority | null;
  readonly routing?: Routing;
}

/** Which workers may take a task. */
export interface Routing {
  readonly behavior: 'unversioned' | 'pinned' | 'autoUpgrade';
  readonly deploymentName?: string;
  readonly buildId?: string;
  /** Chooses between current and ramping version; stable per workflow. */
  readonly workflowId: string;
  /** Goes to the ramping version if there is one, however little it ramps. */
  readonly prefersRamping?: boolean;
}

export type Effect =
  | DispatchWorkflowTask
  | DispatchActivityTask
  | { readonly kind: 'startChild'; readonly run: RunRef; readonly initiatedEventId: number }
  | { readonly kind: 'signalExternal'; readonly run: RunRef; readonly initiatedEventId: number }
  | { readonly kind: 'cancelExternal'; readonly run: RunRef; readonly initiatedEventId: number }
  /** Tell the parent that this run, the last of its chain, has closed. */
  | { readonly kind: 'reportChildClosed'; readonly run: RunRef }
  | { readonly kind: 'applyParentClosePolicy'; readonly run: RunRef; readonly initiatedEventId: number }
  | { readonly kind: 'deliverCallback'; readonly run: RunRef; readonly callbackId: string }
  | { readonly kind: 'startNexusOperation'; readonly run: RunRef; readonly scheduledEventId: number }
  | { readonly kind: 'cancelNexusOperation'; readonly run: RunRef; readonly scheduledEventId: number }
  /** Written in the same transaction as the transition itself. */
  | { readonly kind: 'recordVisibility'; readonly run: RunRef; readonly record: VisibilityRecord }
  /** Wake those who wait for more history, for an update's next stage, or for the next workflow task to answer queries. */
  | { readonly kind: 'notifyHistory'; readonly run: RunRef }
  | { readonly kind: 'notifyUpdate'; readonly run: RunRef; readonly updateId: string }
  /** Only those who wait hear of it. */
  | {
      readonly kind: 'updateEnded';
      readonly run: RunRef;
      readonly updateId: string;
      readonly end: UpdateEnd;
    };

/** Whoever waits hears of these, and so they wait until what they tell of is durable. */
export const tellsSomebody = ({ kind }: Effect): boolean =>
  kind === 'notifyHistory' || kind === 'notifyUpdate' || kind === 'updateEnded';

/** What lists and counts are made from. Times in ms since epoch. */
export interface VisibilityRecord {
  readonly runKey: number;
  readonly namespaceId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  /** WorkflowExecutionStatus. */
  readonly status: number;
  readonly startTimeMs: number;
  readonly executionTimeMs: number;
  readonly closeTimeMs?: number;
  /** Only once closed. */
  readonly historyLength?: number;
  readonly historySizeBytes?: number;
  readonly stateTransitionCount?: number;
  readonly parentWorkflowId?: string;
  readonly parentRunId?: string;
  readonly rootWorkflowId: string;
  readonly rootRunId: string;
  readonly memo?: temporal.api.common.v1.Memo | null;
  readonly searchAttributes?: temporal.api.common.v1.SearchAttributes | null;
}

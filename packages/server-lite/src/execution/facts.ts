/**
 * What happened to a run. An `event` is recorded: it is in history. Everything else is unrecorded: kept beside history, in
 * its place among the events, because the real service does not show it there.
 */
import type { ActivityOptions, ActivityPause, ActivityStarted } from './activity-state.ts';
import type { StickyQueue } from './execution.ts';
import type { CancelRequest, StandaloneClose, StandaloneStart } from './standalone.ts';
import type { Callback } from './related.ts';
import type { NexusCancel, NexusOperation } from './nexus.ts';
import type { StartedTask, ScheduledTask } from './workflow-task-state.ts';
import type { Target, Version } from './version.ts';
import type { Failure, HistoryEvent, Payloads, UpdateRequest } from './wire.ts';

export interface RecordedFact {
  readonly kind: 'event';
  readonly event: HistoryEvent;
}

export type UnrecordedFact =
  /** Happened while a workflow task was started: in effect at once, numbered later. */
  | { readonly kind: 'buffered'; readonly event: HistoryEvent }
  | { readonly kind: 'bufferedTimerDropped'; readonly timerId: string }
  | { readonly kind: 'taskScheduledQuietly'; readonly task: ScheduledTask }
  | { readonly kind: 'taskStartedQuietly'; readonly task: StartedTask }
  /** A transient task failed or timed out, or a speculative one is dropped: nothing is written. */
  | { readonly kind: 'taskFailedQuietly' }
  | { readonly kind: 'taskDropped' }
  /** A worker of another version took its task, by the routing of this revision. */
  | { readonly kind: 'versionRevision'; readonly revision: number }
  /** It is to go to another version; `isTaken` once a worker of that has its workflow task. */
  | { readonly kind: 'moveBegun'; readonly to: Version | undefined; readonly isTaken: boolean }
  /** Offered once more, as it is. */
  | { readonly kind: 'activityOffered'; readonly scheduledEventId: number }
  /** The worker of a pinned run hears where its deployment would have it go; undefined: nowhere else. */
  | { readonly kind: 'targetTold'; readonly target: Target | undefined }
  /** Its workflow tasks keep failing, in this way. */
  | { readonly kind: 'problemsReported'; readonly problems: readonly string[] }
  /** The queue's worker went away: offer the task on the normal queue. */
  | { readonly kind: 'taskRequeued'; readonly stamp: number }
  | { readonly kind: 'originalScheduledTime'; readonly timeMs: number }
  /** Only so many of the newest points to reset to are kept. */
  | { readonly kind: 'resetPointsCut'; readonly kept: number }
  | { readonly kind: 'stickySet'; readonly sticky: StickyQueue }
  | { readonly kind: 'stickyCleared' }
  | { readonly kind: 'closeAttempted' }
  | { readonly kind: 'activityStarted'; readonly scheduledEventId: number; readonly started: ActivityStarted }
  | {
      readonly kind: 'activityRetry';
      readonly scheduledEventId: number;
      readonly attempt: number;
      readonly dueMs: number;
      readonly intervalMs: number;
      readonly failure: Failure | undefined;
      /** When a worker said how its attempt ended; undefined when its time was up. */
      readonly endedMs: number | undefined;
    }
  | { readonly kind: 'activityDue'; readonly scheduledEventId: number }
  | {
      readonly kind: 'activityHeartbeat';
      readonly scheduledEventId: number;
      readonly details: Payloads | undefined;
      readonly timeMs: number;
    }
  | { readonly kind: 'activityPaused'; readonly scheduledEventId: number; readonly pause: ActivityPause }
  | {
      readonly kind: 'activityUnpaused';
      readonly scheduledEventId: number;
      readonly dueMs: number;
      readonly resetAttempts: boolean;
      readonly resetHeartbeat: boolean;
    }
  | {
      readonly kind: 'activityReset';
      readonly scheduledEventId: number;
      readonly dueMs: number;
      readonly resetHeartbeat: boolean;
      readonly keepPaused: boolean;
      readonly options?: ActivityOptions;
    }
  | {
      readonly kind: 'activityOptions';
      readonly scheduledEventId: number;
      readonly options: ActivityOptions;
      /** Set when the waiting attempt is offered anew. */
      readonly dueMs?: number;
    }
  | { readonly kind: 'standaloneStarted'; readonly start: StandaloneStart }
  | { readonly kind: 'standaloneCancelRequested'; readonly request: CancelRequest }
  | { readonly kind: 'standaloneClosed'; readonly close: StandaloneClose }
  | { readonly kind: 'signalSeen'; readonly requestId: string }
  | { readonly kind: 'cancelSeen'; readonly requestId: string }
  | { readonly kind: 'childCreated'; readonly initiatedEventId: number; readonly runId: string }
  | { readonly kind: 'childReleased' }
  | { readonly kind: 'parentTold' }
  | { readonly kind: 'closePolicyApplied'; readonly initiatedEventId: number }
  | { readonly kind: 'requestSeen'; readonly requestId: string; readonly eventId: number; readonly eventType: number }
  | { readonly kind: 'updateAdmitted'; readonly updateId: string; readonly request: UpdateRequest }
  | { readonly kind: 'updateSent'; readonly updateId: string }
  | { readonly kind: 'updateReturned'; readonly updateId: string }
  | { readonly kind: 'updateGone'; readonly updateId: string }
  | { readonly kind: 'resetTo'; readonly runId: string; readonly timeMs: number }
  /** It goes on from another run, whose events it has up to here. */
  | { readonly kind: 'originalStart'; readonly timeMs: number; readonly forks: readonly number[] }
  | { readonly kind: 'callbackChanged'; readonly callback: Callback }
  | { readonly kind: 'nexusChanged'; readonly scheduledEventId: number; readonly change: Partial<NexusOperation> }
  | { readonly kind: 'nexusCancelChanged'; readonly scheduledEventId: number; readonly change: Partial<NexusCancel> };

export type Fact = RecordedFact | UnrecordedFact;

/**
 * What workflow code asks for. On new ground the run machine makes a command of an intent; on replay the intent must
 * match the next event. An intent that is made keeps where in the bundle it was asked for (`place`), as the raw stack of
 * an Error; it is mapped to TypeScript only when someone looks.
 */
import type { WallFailure, WallPayload } from '@reprise/common';
import type { RetryPolicyShape, WallHeaders } from './jobs.ts';

/** Numeric values are those of the wire enums of the same name. */
export type ActivityCancellation = 'TRY_CANCEL' | 'WAIT_CANCELLATION_COMPLETED' | 'ABANDON';
export type ChildCancellation =
  | 'ABANDON'
  | 'TRY_CANCEL'
  | 'WAIT_CANCELLATION_COMPLETED'
  | 'WAIT_CANCELLATION_REQUESTED';
export type NexusCancellation =
  | 'WAIT_CANCELLATION_COMPLETED'
  | 'ABANDON'
  | 'TRY_CANCEL'
  | 'WAIT_CANCELLATION_REQUESTED';

export interface UserMetadata {
  summary?: WallPayload;
  details?: WallPayload;
}

export interface PriorityShape {
  priorityKey?: number;
  fairnessKey?: string;
  fairnessWeight?: number;
}

/** A group of events that belong together for people: named by workflow code, or all that one message set off. */
export type EventGroupRef = { id: string; label: string } | { inboundEventId: number } | { inboundUpdateId: string };

interface Asked {
  /** The stack at the call, unmapped; absent only where no user code made the call. */
  place?: string;
  /** The error that user code had caught before, in the same activation; only where places are eager. */
  caught?: { message: string; stack: string };
  userMetadata?: UserMetadata;
  /** The groups that what was asked for belongs to. */
  eventGroups?: EventGroupRef[];
}

interface ActivityAsked extends Asked {
  seq: number;
  activityId: string;
  activityType: string;
  args: WallPayload[];
  headers: WallHeaders;
  scheduleToCloseTimeoutMs?: number;
  scheduleToStartTimeoutMs?: number;
  startToCloseTimeoutMs?: number;
  retryPolicy?: RetryPolicyShape;
  cancellation: ActivityCancellation;
}

export type Intent =
  | ({ kind: 'startTimer'; seq: number; delayMs: number } & Asked)
  | ({ kind: 'cancelTimer'; seq: number } & Asked)
  | ({
      kind: 'scheduleActivity';
      taskQueue?: string;
      heartbeatTimeoutMs?: number;
      doNotEagerlyExecute?: boolean;
      priority?: PriorityShape;
      /** 0 unspecified, 1 compatible, 2 default: coresdk VersioningIntent. */
      versioningIntent?: number;
    } & ActivityAsked)
  | ({ kind: 'cancelActivity'; seq: number } & Asked)
  | ({
      kind: 'scheduleLocalActivity';
      attempt: number;
      originalScheduleTimeMs?: number;
      localRetryThresholdMs?: number;
    } & ActivityAsked)
  | ({ kind: 'cancelLocalActivity'; seq: number } & Asked)
  | ({ kind: 'setPatchMarker'; patchId: string; deprecated: boolean } & Asked)
  | ({
      kind: 'startChild';
      seq: number;
      workflowId: string;
      workflowType: string;
      namespace?: string;
      taskQueue?: string;
      args: WallPayload[];
      headers: WallHeaders;
      executionTimeoutMs?: number;
      runTimeoutMs?: number;
      taskTimeoutMs?: number;
      /** Wire enum ParentClosePolicy. */
      parentClosePolicy?: number;
      /** Wire enum WorkflowIdReusePolicy. */
      workflowIdReusePolicy?: number;
      retryPolicy?: RetryPolicyShape;
      cronSchedule?: string;
      memo?: Record<string, WallPayload>;
      searchAttributes?: Record<string, WallPayload>;
      cancellation: ChildCancellation;
      priority?: PriorityShape;
      versioningIntent?: number;
    } & Asked)
  | ({ kind: 'cancelChild'; seq: number; reason?: string } & Asked)
  | ({
      kind: 'signalExternal';
      seq: number;
      /** `child` addresses a child of this workflow by its workflow id. */
      target: { workflowId: string; runId?: string; namespace?: string; childOnly: boolean };
      signalName: string;
      args: WallPayload[];
      headers: WallHeaders;
    } & Asked)
  | ({ kind: 'cancelSignalExternal'; seq: number } & Asked)
  | ({
      kind: 'cancelExternal';
      seq: number;
      target: { workflowId: string; runId?: string; namespace?: string };
      reason?: string;
    } & Asked)
  | ({
      kind: 'scheduleNexusOperation';
      seq: number;
      endpoint: string;
      service: string;
      operation: string;
      input?: WallPayload;
      scheduleToCloseTimeoutMs?: number;
      scheduleToStartTimeoutMs?: number;
      startToCloseTimeoutMs?: number;
      nexusHeaders: Record<string, string>;
      cancellation: NexusCancellation;
    } & Asked)
  | ({ kind: 'cancelNexusOperation'; seq: number } & Asked)
  | ({ kind: 'upsertSearchAttributes'; searchAttributes: Record<string, WallPayload> } & Asked)
  | ({ kind: 'modifyProperties'; memo: Record<string, WallPayload> } & Asked)
  | ({ kind: 'acceptUpdate'; id: string } & Asked)
  | ({ kind: 'rejectUpdate'; id: string; failure: WallFailure } & Asked)
  | ({ kind: 'completeUpdate'; id: string; result?: WallPayload; failure?: WallFailure } & Asked)
  | ({
      kind: 'answerQuery';
      id: string;
      result?: WallPayload;
      failure?: WallFailure;
      /** For a stack query: what `result` was made of, for the host to map. With `sdk` for the enhanced one. */
      rawStacks?: { stacks: string[]; sdk?: { name: string; version: string } };
    } & Asked)
  | ({ kind: 'completeWorkflow'; result?: WallPayload } & Asked)
  | ({ kind: 'failWorkflow'; failure: WallFailure } & Asked)
  | ({ kind: 'cancelWorkflow' } & Asked)
  | ({
      kind: 'continueAsNew';
      workflowType: string;
      taskQueue?: string;
      args: WallPayload[];
      headers: WallHeaders;
      runTimeoutMs?: number;
      taskTimeoutMs?: number;
      backoffStartIntervalMs?: number;
      retryPolicy?: RetryPolicyShape;
      memo?: Record<string, WallPayload>;
      searchAttributes?: Record<string, WallPayload>;
      versioningIntent?: number;
      initialVersioningBehavior?: number;
    } & Asked);

export type IntentOf<K extends Intent['kind']> = Extract<Intent, { kind: K }>;

/** A call of a sink (log lines, metrics, the user's own), carried out by the worker after the activation. */
export interface SinkCall {
  interfaceName: string;
  functionName: string;
  /** The arguments array, by `valueToText`. */
  argsText: string;
  timeMs: number;
  /** `workflowInfo()` at the call, by `valueToText`; for sinks of the user. */
  infoText?: string;
  /** Set when the call was made while history was replayed, but for what queries and validators call. */
  isReplaying?: true;
}

/** What an activation came to. `failed` fails the workflow task, never the workflow. */
export type Completion =
  | {
      status: 'completed';
      /** In the order in which workflow code asked. */
      intents: Intent[];
      /** Language flags that the code of this activation used. */
      usedFlags: number[];
      versioningBehavior?: number;
      sinkCalls: SinkCall[];
    }
  | { status: 'failed'; failure: WallFailure; sinkCalls: SinkCall[] };

/**
 * What the isolate is told. A job is what one or more history events mean to workflow code; the run machine in the worker
 * makes jobs from events, in the order of "History to activations" (init, patches, seed, signals and updates, the rest,
 * local resolutions; queries alone in an activation of their own).
 *
 * Everything here crosses the wall as JSON text: no bytes, no bigint, no undefined inside arrays, times in ms since epoch.
 */
import type { FailureShape, WallFailure, WallPayload } from '@reprise/common';

export type WallHeaders = Record<string, WallPayload>;

export interface RetryPolicyShape {
  initialIntervalMs?: number;
  backoffCoefficient?: number;
  maximumIntervalMs?: number;
  maximumAttempts?: number;
  nonRetryableErrorTypes?: string[];
}

/** What is known of a run when it starts; WorkflowInfo is made from it inside the isolate. */
export interface RunFacts {
  workflowId: string;
  runId: string;
  workflowType: string;
  namespace: string;
  taskQueue: string;
  firstExecutionRunId: string;
  originalExecutionRunId: string;
  continuedFromExecutionRunId?: string;
  attempt: number;
  startTimeMs: number;
  executionTimeoutMs?: number;
  executionExpirationTimeMs?: number;
  runTimeoutMs?: number;
  taskTimeoutMs: number;
  cronSchedule?: string;
  cronScheduleToScheduleIntervalMs?: number;
  retryPolicy?: RetryPolicyShape;
  parent?: { workflowId: string; runId: string; namespace: string };
  root?: { workflowId: string; runId: string };
  priority?: { priorityKey?: number; fairnessKey?: string; fairnessWeight?: number };
  memo?: Record<string, WallPayload>;
  searchAttributes?: Record<string, WallPayload>;
  lastResult?: WallPayload[];
  lastFailure?: WallFailure;
}

export type ActivityResolution =
  | { status: 'completed'; result?: WallPayload }
  | { status: 'failed'; failure: WallFailure }
  | { status: 'cancelled'; failure: WallFailure }
  /** Local activities only: wait `backoffMs` on a workflow timer, then schedule again with these facts. */
  | { status: 'backoff'; attempt: number; backoffMs: number; originalScheduleTimeMs?: number };

export type ChildStartResolution =
  | { status: 'started'; runId: string }
  | { status: 'alreadyExists'; workflowId: string; workflowType: string }
  | { status: 'failed'; cause: number; workflowId: string; workflowType: string }
  | { status: 'cancelled'; failure: WallFailure };

export type ChildResolution =
  | { status: 'completed'; result?: WallPayload }
  | { status: 'failed'; failure: WallFailure }
  | { status: 'cancelled'; failure: WallFailure };

export type NexusResolution =
  | { status: 'completed'; result?: WallPayload }
  | { status: 'failed' | 'cancelled' | 'timedOut'; failure: WallFailure };

export type Job =
  | { kind: 'initialize'; facts: RunFacts; args: WallPayload[]; headers: WallHeaders }
  | { kind: 'notifyHasPatch'; patchId: string }
  /** Eight bytes, big-endian, that seed the Alea generator. The first seed comes with `create`. */
  | { kind: 'updateRandomSeed'; seed: number[] }
  | { kind: 'signal'; name: string; args: WallPayload[]; headers: WallHeaders; identity: string; eventId?: number }
  | {
      kind: 'update';
      /** The update id; also the protocol instance id. */
      id: string;
      name: string;
      args: WallPayload[];
      headers: WallHeaders;
      identity: string;
      /** False when the acceptance is already in history. */
      runValidator: boolean;
    }
  | { kind: 'cancelWorkflow'; reason: string }
  | { kind: 'fireTimer'; seq: number }
  | { kind: 'resolveActivity'; seq: number; isLocal: boolean; resolution: ActivityResolution }
  | { kind: 'resolveChildStart'; seq: number; resolution: ChildStartResolution }
  | { kind: 'resolveChild'; seq: number; resolution: ChildResolution }
  | { kind: 'resolveSignalExternal'; seq: number; failure?: WallFailure }
  | { kind: 'resolveCancelExternal'; seq: number; failure?: WallFailure }
  | { kind: 'resolveNexusStart'; seq: number; operationToken?: string; startedSync?: boolean; failure?: WallFailure }
  | { kind: 'resolveNexus'; seq: number; resolution: NexusResolution }
  | { kind: 'query'; id: string; name: string; args: WallPayload[]; headers: WallHeaders };

export type JobOf<K extends Job['kind']> = Extract<Job, { kind: K }>;

export interface Activation {
  /** Workflow time: the event time of the workflow task started event that this activation belongs to. */
  nowMs: number;
  /** True while the commands of this activation must match events that exist already. */
  isReplaying: boolean;
  /** Like `isReplaying`, but false for queries and validators, so that their logs are seen. */
  isReplayingHistoryEvents: boolean;
  historyLength: number;
  historySizeBytes: number;
  continueAsNewSuggested: boolean;
  suggestedContinueAsNewReasons?: number[];
  currentBuildId?: string;
  currentDeploymentVersion?: { deploymentName: string; buildId: string };
  targetWorkerDeploymentVersionChanged?: boolean;
  /** Flags of how workers behave towards a run, as far as history has recorded them up to and with this task. */
  knownFlags: number[];
  /** The sdk_version that history recorded last; decides the alternative conditions of flags. */
  lastSdkVersion?: string;
  jobs: Job[];
}

export type { FailureShape };

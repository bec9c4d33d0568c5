/**
 * The state of one run, as the fold of its facts leaves it. Only `evolve` changes it.
 *
 * I1. Folding the recorded events alone rebuilds everything but what facts marked unrecorded put here.
 * I2. `buffered` is empty unless the workflow task is started.
 * I3. At most one workflow task is pending.
 */
import type { ContinueAsNewVersioningBehavior } from '@reprise/proto';
import type { RunRef } from './run-ref.ts';
import type { Activity } from './activity-state.ts';
import type { Callback, Child, OutgoingCancel, OutgoingSignal } from './related.ts';
import type { NexusOperation } from './nexus.ts';
import type { Standalone } from './standalone.ts';
import type { Update } from './update-state.ts';
import type { Target, Version } from './version.ts';
import type { WorkflowTask } from './workflow-task-state.ts';
import type { HistoryEvent, Link, Payload, StartedAttributes, UserMetadata } from './wire.ts';

export interface Timer {
  readonly timerId: string;
  readonly startedEventId: number;
  readonly dueMs: number;
}

export interface StickyQueue {
  readonly name: string;
  readonly normalName: string;
  readonly scheduleToStartMs: number;
}

/** How the run ended: what a parent, a caller or the next run needs of its close event. */
export interface Closed {
  /** Empty for an activity of its own, which has no history. */
  readonly event: HistoryEvent;
  readonly timeMs: number;
  /** The run that goes on in its place, or ''. */
  readonly newRunId: string;
}

export interface AttachedRequest {
  readonly eventType: number;
  readonly eventId: number;
  readonly buffered: boolean;
}

export interface Execution {
  readonly run: RunRef;
  /** Attributes of event 1. */
  started: StartedAttributes;
  startTimeMs: number;
  startLinks: readonly Link[];
  userMetadata: UserMetadata | undefined;
  /** WorkflowExecutionStatus. */
  status: number;
  closed: Closed | undefined;
  nextEventId: number;
  /** `taskId` of the newest event. */
  lastTaskId: number;
  /** Bytes of all stored batches. */
  historySizeBytes: number;
  transitionCount: number;

  task: WorkflowTask | undefined;
  /** Attempt that the next workflow task gets. */
  nextTaskAttempt: number;
  /** Tasks that failed or timed out since the last that was completed, written or not; those on a sticky queue aside. */
  taskProblems: number;
  /** What the last of those says that history tells of. */
  lastTaskProblem: readonly string[];
  /** What listings say of those problems, once there are many. */
  reportedProblems: readonly string[];
  /** Started and completed event ids of the last completed task; 0 before. */
  lastStartedEventId: number;
  lastCompletedEventId: number;
  /** A task was scheduled at least once. */
  hadTask: boolean;
  sticky: StickyQueue | undefined;
  /** When the first task may be scheduled; undefined once it was. */
  backoffUntilMs: number | undefined;
  /** Set on a child until its parent has recorded that it started. */
  awaitsParent: boolean;
  /** Counts tasks: tells a dispatched task from its predecessor with the same id and attempt. */
  taskStamp: number;
  /** A close command met buffered events; nothing new is let in until the next task ends. */
  closeAttempted: boolean;

  buffered: HistoryEvent[];
  bufferedBytes: number;

  /** Set when the run is no workflow's, but an activity that was started on its own. */
  standalone: Standalone | undefined;
  activities: Map<number, Activity>;
  activityIds: Map<string, number>;
  /** The types of the activities that were paused when one last was paused or went on; ended ones stay until then. */
  pausedTypes: readonly string[] | undefined;
  timers: Map<string, Timer>;
  children: Map<number, Child>;
  outgoingSignals: Map<number, OutgoingSignal>;
  outgoingCancels: Map<number, OutgoingCancel>;
  nexusOperations: Map<number, NexusOperation>;
  /** Operations whose time was up, by the events that scheduled them: they still count against the limit. */
  timedOutNexus: readonly number[];
  updates: Map<string, Update>;
  /** Counts all updates ever admitted. */
  updateCount: number;
  callbacks: Map<string, Callback>;

  cancelRequested: boolean;
  cancelRequestIds: Set<string>;
  signalCount: number;
  signalRequestIds: Set<string>;
  /** Request ids that started or were attached to the run. */
  requests: Map<string, AttachedRequest>;

  memo: Map<string, Payload>;
  searchAttributes: Map<string, Payload>;
  /** Limits that options updates may change. */
  options: RunOptions;
  autoResetPoints: ResetPoint[];
  versioning: Versioning;
  resetRunId: string;
  lastResetTimeMs: number | undefined;
  /** The first event of each stretch of history that it does not share with a run it was reset from. */
  forks: readonly number[];
  /** Terminated to make way for its reset: children are left alone and the parent hears nothing. */
  reset: boolean;
  /** The parent has been told of the close, or need not be. */
  parentTold: boolean;
}

export interface RunOptions {
  runTimeoutMs: number;
  taskTimeoutMs: number;
  /** Absolute; 0 when there is none. */
  executionExpiresMs: number;
  taskQueue: string;
  priority: StartedAttributes['priority'];
  versioningOverride: StartedAttributes['versioningOverride'];
}

export interface ResetPoint {
  readonly runId: string;
  /** When its run will be gone; known once that has closed. */
  readonly expireTimeMs: number | undefined;
  readonly buildId: string;
  readonly binaryChecksum: string;
  readonly firstCompletedEventId: number;
  readonly createTimeMs: number;
  readonly resettable: boolean;
}

export interface Versioning {
  /** VersioningBehavior of the last completed task. */
  behavior: number;
  deploymentName: string;
  buildId: string;
  /** Of the deployment's routing, when a task last went to another version by it. */
  revision: number;
  /** How the command that continued into this run wanted its first task to be routed. */
  initialBehavior: ContinueAsNewVersioningBehavior;
  /** Of a run that is on its way to another version, or to none; `isTaken` once a worker of that has its workflow task. */
  move: { readonly to: Version | undefined; readonly isTaken: boolean } | undefined;
  /** Of a pinned run: what its worker was told last of where its deployment would have it go. */
  toldTarget: Target | undefined;
  /** What the run before was told of and did not follow. */
  declinedTarget: Target | undefined;
  /** `unversioned:<build>` or `versioned:<build>` of the workers that completed tasks. */
  builds: readonly string[];
  /** Attributes of the service's own that the workflow has set since the service last did: they show what it has set. */
  given: ReadonlySet<string>;
  /** `<deployment>:<build>` of the same. */
  usedVersions: readonly string[];
  /** Stamp of the last worker that completed a task. */
  workerStamp: HistoryEvent['workflowTaskCompletedEventAttributes'];
  /** An override was set or taken away after the start. */
  wasOverridden: boolean;
  /** The same, in an event that no workflow task holds back. */
  hasRecordedOverride: boolean;
  /** There was something to tell of builds, whether or not there is now. */
  hadBuildIds: boolean;
}

export function isRunning(execution: Execution): boolean {
  return execution.closed === undefined;
}

const unversioned: Versioning = {
  behavior: 0,
  deploymentName: '',
  buildId: '',
  revision: 0,
  initialBehavior: 0,
  move: undefined,
  toldTarget: undefined,
  declinedTarget: undefined,
  builds: [],
  given: new Set(),
  usedVersions: [],
  workerStamp: undefined,
  wasOverridden: false,
  hasRecordedOverride: false,
  hadBuildIds: false,
};

export function newExecution(run: RunRef): Execution {
  return {
    run,
    started: {},
    startTimeMs: 0,
    startLinks: [],
    userMetadata: undefined,
    status: 1,
    closed: undefined,
    nextEventId: 1,
    lastTaskId: 0,
    historySizeBytes: 0,
    transitionCount: 0,
    task: undefined,
    nextTaskAttempt: 1,
    taskProblems: 0,
    lastTaskProblem: [],
    reportedProblems: [],
    lastStartedEventId: 0,
    lastCompletedEventId: 0,
    hadTask: false,
    sticky: undefined,
    backoffUntilMs: undefined,
    awaitsParent: false,
    taskStamp: 0,
    closeAttempted: false,
    buffered: [],
    bufferedBytes: 0,
    standalone: undefined,
    activities: new Map(),
    activityIds: new Map(),
    pausedTypes: undefined,
    timers: new Map(),
    children: new Map(),
    outgoingSignals: new Map(),
    outgoingCancels: new Map(),
    nexusOperations: new Map(),
    timedOutNexus: [],
    updates: new Map(),
    updateCount: 0,
    callbacks: new Map(),
    cancelRequested: false,
    cancelRequestIds: new Set(),
    signalCount: 0,
    signalRequestIds: new Set(),
    requests: new Map(),
    memo: new Map(),
    searchAttributes: new Map(),
    options: {
      runTimeoutMs: 0,
      taskTimeoutMs: 10_000,
      executionExpiresMs: 0,
      taskQueue: '',
      priority: undefined,
      versioningOverride: undefined,
    },
    autoResetPoints: [],
    versioning: { ...unversioned },
    resetRunId: '',
    lastResetTimeMs: undefined,
    forks: [],
    reset: false,
    parentTold: false,
  };
}

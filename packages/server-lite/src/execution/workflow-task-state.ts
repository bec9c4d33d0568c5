/** What is known of a run's workflow task. */
interface Scheduled {
  readonly type: 'normal' | 'transient' | 'speculative';
  readonly scheduledEventId: number;
  readonly attempt: number;
  readonly scheduledTimeMs: number;
  /** Of the first task in a row of heartbeats. */
  readonly originalScheduledTimeMs: number;
  /** Start to close. */
  readonly timeoutMs: number;
  readonly taskQueue: string;
  /** Set on a sticky queue. */
  readonly normalName: string | undefined;
  /** Absolute: schedule to start, on sticky queues and for speculative tasks. */
  readonly startByMs: number | undefined;
  readonly stamp: number;
}

/** What a worker without a deployment says of its build. */
export interface WorkerVersion {
  readonly buildId: string;
  readonly useVersioning: boolean;
}

export interface ScheduledTask extends Scheduled {
  readonly kind: 'scheduled';
}

export interface StartedTask extends Scheduled {
  readonly kind: 'started';
  readonly startedEventId: number;
  readonly startedTimeMs: number;
  readonly identity: string;
  readonly requestId: string;
  readonly workerVersion?: WorkerVersion;
  readonly historySizeBytes: number;
  readonly suggestContinueAsNew: boolean;
  readonly suggestReasons: readonly number[];
  /** The run is pinned, and new ones go to another version by now. */
  readonly targetChanged?: boolean;
}

export type WorkflowTask = ScheduledTask | StartedTask;

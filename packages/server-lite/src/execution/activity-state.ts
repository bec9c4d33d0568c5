/** What is known of a pending activity. */
import type { Version } from './version.ts';
import type { ActivityScheduledAttributes, Duration, Failure, Payloads, Priority, RetryPolicy } from './wire.ts';

export interface ActivityStarted {
  readonly requestId: string;
  readonly identity: string;
  readonly timeMs: number;
  /** Of the worker. */
  readonly version?: Version | undefined;
}

export interface ActivityOptions {
  readonly taskQueue: string;
  readonly scheduleToClose: Duration;
  readonly scheduleToStart: Duration;
  readonly startToClose: Duration;
  readonly heartbeat: Duration;
  readonly retryPolicy: RetryPolicy;
  readonly priority: Priority | undefined;
}

export interface ActivityPause {
  readonly timeMs: number;
  readonly identity: string;
  readonly reason: string;
}

export interface Activity {
  readonly scheduledEventId: number;
  readonly activityId: string;
  readonly attributes: ActivityScheduledAttributes;
  readonly options: ActivityOptions;
  /** Of the first attempt. */
  readonly scheduledTimeMs: number;
  /** How long the first attempt was put off: its time to close begins after that. */
  readonly delayMs: number;
  readonly attempt: number;
  /** When this attempt was or will be offered. */
  readonly attemptTimeMs: number;
  /** Only what was started on its own stays when it is closed. */
  readonly state: 'scheduled' | 'backingOff' | 'started' | 'closed';
  readonly started: ActivityStarted | undefined;
  readonly lastFailure: Failure | undefined;
  readonly lastIdentity: string;
  readonly lastVersion: Version | undefined;
  readonly lastStartedTimeMs: number | undefined;
  readonly lastAttemptEndMs: number | undefined;
  readonly retryIntervalMs: number;
  readonly heartbeatDetails: Payloads | undefined;
  readonly heartbeatTimeMs: number | undefined;
  /** Event id, or 0. */
  readonly cancelRequestedEventId: number;
  readonly pause: ActivityPause | undefined;
  /** Asked to start over while an attempt runs. */
  readonly resetRequested: boolean;
  readonly resetHeartbeats: boolean;
  readonly stamp: number;
}

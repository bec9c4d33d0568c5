/**
 * A pending activity.
 *
 *   scheduled -> started -> (closed: gone)
 *       ^           | attempt failed or timed out
 *       +- backingOff
 *
 * Only scheduling, the request to cancel and the end are in history: attempts, heartbeats and pauses are unrecorded facts.
 */
import type { ActivityStarted } from './facts.ts';
import type { Execution } from './execution.ts';
import type {
  ActivityScheduledAttributes,
  Duration,
  Failure,
  HistoryEvent,
  Payloads,
  Priority,
  RetryPolicy,
} from './wire.ts';
import { timestampMs } from './wire.ts';

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
  readonly attempt: number;
  /** When this attempt was or will be offered. */
  readonly attemptTimeMs: number;
  readonly state: 'scheduled' | 'backingOff' | 'started';
  readonly started: ActivityStarted | undefined;
  readonly lastFailure: Failure | undefined;
  readonly lastIdentity: string;
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

const zero: Duration = { seconds: 0, nanos: 0 };

export function applyActivityScheduled(execution: Execution, event: HistoryEvent): void {
  const attributes = event.activityTaskScheduledEventAttributes ?? {};
  const timeMs = timestampMs(event.eventTime);
  const scheduledEventId = event.eventId ?? 0;
  const activityId = attributes.activityId ?? '';
  execution.activities.set(scheduledEventId, {
    scheduledEventId,
    activityId,
    attributes,
    options: {
      taskQueue: attributes.taskQueue?.name ?? '',
      scheduleToClose: attributes.scheduleToCloseTimeout ?? zero,
      scheduleToStart: attributes.scheduleToStartTimeout ?? zero,
      startToClose: attributes.startToCloseTimeout ?? zero,
      heartbeat: attributes.heartbeatTimeout ?? zero,
      retryPolicy: attributes.retryPolicy ?? {},
      priority: attributes.priority ?? undefined,
    },
    scheduledTimeMs: timeMs,
    attempt: 1,
    attemptTimeMs: timeMs,
    state: 'scheduled',
    started: undefined,
    lastFailure: undefined,
    lastIdentity: '',
    lastStartedTimeMs: undefined,
    lastAttemptEndMs: undefined,
    retryIntervalMs: 0,
    heartbeatDetails: undefined,
    heartbeatTimeMs: undefined,
    cancelRequestedEventId: 0,
    pause: undefined,
    resetRequested: false,
    resetHeartbeats: false,
    stamp: 0,
  });
  execution.activityIds.set(activityId, scheduledEventId);
}

export function applyActivityCancelRequested(execution: Execution, event: HistoryEvent): void {
  const scheduledEventId = event.activityTaskCancelRequestedEventAttributes?.scheduledEventId ?? 0;
  changeActivity(execution, scheduledEventId, { cancelRequestedEventId: event.eventId ?? 0 });
}

export function applyActivityClosed(execution: Execution, scheduledEventId: number | null | undefined): void {
  const activity = execution.activities.get(scheduledEventId ?? 0);
  if (!activity) return;
  execution.activities.delete(activity.scheduledEventId);
  if (execution.activityIds.get(activity.activityId) === activity.scheduledEventId) {
    execution.activityIds.delete(activity.activityId);
  }
}

export function changeActivity(execution: Execution, scheduledEventId: number, change: Partial<Activity>): void {
  const activity = execution.activities.get(scheduledEventId);
  if (activity) execution.activities.set(scheduledEventId, { ...activity, ...change });
}

/**
 * A pending activity.
 *
 *   scheduled -> started -> (closed: gone)
 *       ^           | attempt failed or timed out
 *       +- backingOff
 *
 * Only scheduling, the request to cancel and the end are in history: attempts, heartbeats and pauses are unrecorded facts.
 */
import type { Activity } from './activity-state.ts';
import type { Execution } from './execution.ts';
import { scheduledOptions } from './scheduled-options.ts';
import type { HistoryEvent } from './wire.ts';
import { timestampMs } from './wire.ts';

export function applyActivityScheduled(execution: Execution, event: HistoryEvent): void {
  const attributes = event.activityTaskScheduledEventAttributes ?? {};
  const timeMs = timestampMs(event.eventTime);
  const scheduledEventId = event.eventId ?? 0;
  const activityId = attributes.activityId ?? '';
  execution.activities.set(scheduledEventId, {
    scheduledEventId,
    activityId,
    attributes,
    options: scheduledOptions(attributes),
    scheduledTimeMs: timeMs,
    delayMs: 0,
    attempt: 1,
    attemptTimeMs: timeMs,
    state: 'scheduled',
    started: undefined,
    lastFailure: undefined,
    lastIdentity: '',
    lastVersion: undefined,
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
  if (!activity) return;
  const changed = { ...activity, ...change };
  execution.activities.set(scheduledEventId, changed);
  if (Boolean(changed.pause) === Boolean(activity.pause)) return;
  const paused = [...execution.activities.values()].filter(({ pause }) => pause);
  execution.pausedTypes = [...new Set(paused.map(({ attributes }) => attributes.activityType?.name ?? ''))];
}

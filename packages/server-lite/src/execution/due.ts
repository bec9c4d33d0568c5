/** When a run next needs attention, and for what. */
import { TimeoutType } from '@reprise/proto';
import type { Activity } from './activity-state.ts';
import type { Execution } from './execution.ts';
import { isRunning } from './execution.ts';
import { durationMs } from './wire.ts';
import { nexusDeadline } from './nexus.ts';

export interface ActivityDeadline {
  readonly activity: Activity;
  readonly dueMs: number;
  readonly timeoutType: TimeoutType;
}

/**
 * Which timeouts an activity is under now, in the order in which those of one millisecond end: what counts from the schedule
 * comes before what counts from the start, which is later if only by less than a tick. Paused ones that wait are under none.
 */
export function activityDeadlines(activity: Activity): ActivityDeadline[] {
  const { options } = activity;
  const found: ActivityDeadline[] = [];
  const add = (fromMs: number, timeoutMs: number, timeoutType: TimeoutType): void => {
    if (timeoutMs > 0) found.push({ activity, dueMs: Math.ceil(fromMs + timeoutMs), timeoutType });
  };
  const started = activity.started;
  if (activity.pause && !started) return found;
  if (activity.state === 'scheduled') {
    add(activity.attemptTimeMs, durationMs(options.scheduleToStart), TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START);
  }
  const fromMs = activity.scheduledTimeMs + activity.delayMs;
  add(fromMs, durationMs(options.scheduleToClose), TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE);
  if (started) {
    add(started.timeMs, durationMs(options.startToClose), TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE);
    const lastSeenMs = Math.max(started.timeMs, activity.heartbeatTimeMs ?? 0);
    add(lastSeenMs, durationMs(options.heartbeat), TimeoutType.TIMEOUT_TYPE_HEARTBEAT);
  }
  return found;
}

export function taskDeadlineMs(execution: Execution): number | undefined {
  const task = execution.task;
  if (!task) return undefined;
  return task.kind === 'started' ? Math.ceil(task.startedTimeMs + task.timeoutMs) : task.startByMs;
}

/** When the run's own time is up: the sooner of run and execution timeout. */
export function runDeadlineMs(execution: Execution): number | undefined {
  const { runTimeoutMs, executionExpiresMs } = execution.options;
  const backoffMs = durationMs(execution.started.firstWorkflowTaskBackoff);
  const beginMs = execution.lastResetTimeMs ?? execution.startTimeMs + backoffMs;
  const runMs = runTimeoutMs > 0 ? Math.ceil(beginMs + runTimeoutMs) : undefined;
  if (executionExpiresMs === 0) return runMs;
  return runMs === undefined ? executionExpiresMs : Math.min(runMs, executionExpiresMs);
}

/** Undefined when nothing but a request can move the run. */
export function nextDueMs(execution: Execution): number | undefined {
  if (!isRunning(execution)) return closedDueMs(execution);
  let due = Infinity;
  const consider = (ms: number | undefined): void => {
    if (ms !== undefined && ms < due) due = ms;
  };
  consider(taskDeadlineMs(execution));
  consider(runDeadlineMs(execution));
  if (!execution.awaitsParent) consider(execution.backoffUntilMs);
  for (const timer of execution.timers.values()) consider(Math.ceil(timer.dueMs));
  for (const activity of execution.activities.values()) {
    if (activity.state === 'backingOff' && !activity.pause) consider(activity.attemptTimeMs);
    for (const deadline of activityDeadlines(activity)) consider(deadline.dueMs);
  }
  for (const operation of execution.nexusOperations.values()) {
    consider(operation.nextAttemptMs);
    consider(operation.cancel?.nextAttemptMs);
    consider(nexusDeadline(operation)?.dueMs);
  }
  return due === Infinity ? undefined : due;
}

/** After its close only callbacks that are tried again are left to do. */
function closedDueMs(execution: Execution): number | undefined {
  let due = Infinity;
  for (const callback of execution.callbacks.values()) {
    if (callback.nextAttemptMs !== undefined && callback.nextAttemptMs < due) due = callback.nextAttemptMs;
  }
  return due === Infinity ? undefined : due;
}

/** Time has passed: everything that is due happens in one transition, with at most one workflow task after it. */
import { TimeoutType } from '@reprise/proto';
import { activityDeadlines, runDeadlineMs, taskDeadlineMs } from '../due.ts';
import { isRunning } from '../execution.ts';
import type { Transition } from '../transition.ts';
import { timeOutActivity } from './close-activity.ts';
import { retryNexusOperations } from './nexus-answer.ts';
import { timeOutNexusOperations } from './nexus-due.ts';
import { timeOutWorkflowTask } from './fail-workflow-task.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';
import { timeOutRun } from './close-run.ts';

export function timersDue(t: Transition): void {
  const { execution, nowMs } = t;
  if (!isRunning(execution)) return;
  const runDueMs = runDeadlineMs(execution);
  if (runDueMs !== undefined && runDueMs <= nowMs) {
    timeOutRun(t);
    return;
  }
  const retryTask = taskTimesOut(t);
  const ended = [activitiesDue(t), userTimersDue(t), timeOutNexusOperations(t)].some(Boolean);
  retryNexusOperations(t);
  const first = firstTaskDue(t);
  if (retryTask || ended || first) scheduleWorkflowTask(t);
}

function taskTimesOut(t: Transition): boolean {
  const { execution, nowMs } = t;
  const dueMs = taskDeadlineMs(execution);
  if (dueMs === undefined || dueMs > nowMs) return false;
  const started = execution.task?.kind === 'started';
  timeOutWorkflowTask(
    t,
    started ? TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE : TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START,
  );
  return true;
}

function activitiesDue(t: Transition): boolean {
  const { execution, nowMs } = t;
  const due = [...execution.activities.values()]
    .flatMap(activityDeadlines)
    .filter((deadline) => deadline.dueMs <= nowMs)
    .toSorted((a, b) => a.dueMs - b.dueMs || a.activity.scheduledEventId - b.activity.scheduledEventId);
  let ended = false;
  const seen = new Set<number>();
  for (const { activity, timeoutType } of due) {
    if (seen.has(activity.scheduledEventId)) continue;
    seen.add(activity.scheduledEventId);
    if (timeOutActivity(t, activity, timeoutType)) ended = true;
  }
  for (const activity of execution.activities.values()) {
    if (activity.state === 'backingOff' && !activity.pause && activity.attemptTimeMs <= nowMs) {
      t.note({ kind: 'activityDue', scheduledEventId: activity.scheduledEventId });
    }
  }
  return ended;
}

function userTimersDue(t: Transition): boolean {
  const due = [...t.execution.timers.values()]
    .filter((timer) => timer.dueMs <= t.nowMs)
    .toSorted((a, b) => a.dueMs - b.dueMs || a.startedEventId - b.startedEventId);
  for (const { timerId, startedEventId } of due) t.record('timerFired', { timerId, startedEventId });
  return due.length > 0;
}

function firstTaskDue(t: Transition): boolean {
  const { backoffUntilMs, awaitsParent, hadTask } = t.execution;
  return !hadTask && !awaitsParent && backoffUntilMs !== undefined && backoffUntilMs <= t.nowMs;
}

/** The only way an execution changes: one fact at a time, in order. */
import { changeActivity } from './activity.ts';
import { applyBuffered, applyEvent } from './apply-event.ts';
import {
  applyStandaloneCancelRequested,
  applyStandaloneClosed,
  applyStandaloneStarted,
  noteStandaloneHeartbeat,
} from './apply-standalone.ts';
import type { Activity } from './activity-state.ts';
import type { Execution } from './execution.ts';
import type { Fact } from './facts.ts';
import { eventBytes } from './payload-size.ts';
import { durationMs } from './wire.ts';
import { applyTaskProblem } from './workflow-task.ts';

/** The attempt is to be offered again, and what ended the one before is forgotten. */
const offeredAnew = ({ stamp }: Activity, dueMs: number) =>
  ({ state: 'backingOff', attemptTimeMs: dueMs, stamp: stamp + 1, lastFailure: undefined }) as const;

type Appliers = {
  readonly [Kind in Fact['kind']]: (execution: Execution, fact: Extract<Fact, { readonly kind: Kind }>) => void;
};

const appliers: Appliers = {
  event: (execution, { event }) => applyEvent(execution, event),
  buffered: (execution, { event }) => applyBuffered(execution, event),
  bufferedTimerDropped: (execution, { timerId }) => {
    execution.buffered = execution.buffered.filter((event) => event.timerFiredEventAttributes?.timerId !== timerId);
    execution.bufferedBytes = execution.buffered.reduce((sum, event) => sum + eventBytes(event), 0);
  },
  taskScheduledQuietly: (execution, { task }) => {
    execution.taskStamp = task.stamp;
    execution.task = task;
    execution.hadTask = true;
    execution.backoffUntilMs = undefined;
  },
  taskStartedQuietly: (execution, { task }) => {
    execution.task = task;
  },
  taskFailedQuietly: (execution) => applyTaskProblem(execution, { countsAttempt: true }),
  versionRevision: (execution, { revision }) => {
    execution.versioning.revision = revision;
  },
  moveBegun: (execution, { to, isTaken }) => {
    execution.versioning.move = { to, isTaken };
  },
  activityOffered: (execution, { scheduledEventId }) => {
    const activity = execution.activities.get(scheduledEventId);
    if (activity) changeActivity(execution, scheduledEventId, { stamp: activity.stamp + 1 });
  },
  targetTold: (execution, { target }) => {
    execution.versioning = { ...execution.versioning, toldTarget: target, declinedTarget: undefined };
  },
  problemsReported: (execution, { problems }) => {
    execution.reportedProblems = problems;
  },
  taskDropped: (execution) => {
    execution.task = undefined;
    execution.nextTaskAttempt = 1;
    execution.taskProblems = 0;
  },
  taskRequeued: (execution, { stamp }) => {
    execution.taskStamp = stamp;
    if (execution.task?.kind === 'scheduled') execution.task = { ...execution.task, stamp };
  },
  originalScheduledTime: (execution, { timeMs }) => {
    if (execution.task) execution.task = { ...execution.task, originalScheduledTimeMs: timeMs };
  },
  resetPointsCut: (execution, { kept }) => {
    execution.autoResetPoints = execution.autoResetPoints.slice(execution.autoResetPoints.length - kept);
  },
  stickySet: (execution, { sticky }) => {
    execution.sticky = sticky;
  },
  stickyCleared: (execution) => {
    execution.sticky = undefined;
  },
  closeAttempted: (execution) => {
    execution.closeAttempted = true;
  },
  activityStarted: (execution, { scheduledEventId, started }) =>
    changeActivity(execution, scheduledEventId, {
      state: 'started',
      started,
      lastIdentity: started.identity,
      ...(started.version ? { lastVersion: started.version } : {}),
      lastStartedTimeMs: started.timeMs,
    }),
  activityRetry: (execution, fact) => applyRetry(execution, fact),
  activityDue: (execution, { scheduledEventId }) => changeActivity(execution, scheduledEventId, { state: 'scheduled' }),
  activityHeartbeat: (execution, { scheduledEventId, details, timeMs }) => {
    changeActivity(execution, scheduledEventId, { heartbeatDetails: details, heartbeatTimeMs: timeMs });
    noteStandaloneHeartbeat(execution, timeMs);
  },
  activityPaused: (execution, { scheduledEventId, pause }) => {
    const activity = execution.activities.get(scheduledEventId);
    if (!activity) return;
    const stamp = activity.state === 'started' ? activity.stamp : activity.stamp + 1;
    changeActivity(execution, scheduledEventId, { pause, stamp });
  },
  activityUnpaused: (execution, { scheduledEventId, dueMs, resetAttempts, resetHeartbeat }) => {
    const activity = execution.activities.get(scheduledEventId);
    if (!activity) return;
    const heartbeat = resetHeartbeat ? { heartbeatDetails: undefined, heartbeatTimeMs: undefined } : {};
    const attempt = resetAttempts ? 1 : activity.attempt;
    const waiting = offeredAnew(activity, dueMs);
    changeActivity(execution, scheduledEventId, {
      pause: undefined,
      attempt,
      ...heartbeat,
      ...(activity.state === 'started' ? {} : waiting),
    });
  },
  activityReset: (execution, { scheduledEventId, dueMs, resetHeartbeat, keepPaused, options }) => {
    const activity = execution.activities.get(scheduledEventId);
    if (!activity) return;
    const changed = { attempt: 1, ...(options ? { options } : {}) };
    if (activity.state === 'started') {
      // The attempt under way goes on, paused or not, and counts as the first.
      changeActivity(execution, scheduledEventId, {
        resetRequested: true,
        resetHeartbeats: activity.resetHeartbeats || resetHeartbeat,
        ...changed,
      });
      return;
    }
    changeActivity(execution, scheduledEventId, {
      ...offeredAnew(activity, dueMs),
      pause: keepPaused ? activity.pause : undefined,
      ...(resetHeartbeat ? { heartbeatDetails: undefined, heartbeatTimeMs: undefined } : {}),
      ...changed,
    });
  },
  activityOptions: (execution, { scheduledEventId, options, dueMs }) => {
    const activity = execution.activities.get(scheduledEventId);
    if (!activity) return;
    const anew = dueMs === undefined ? {} : offeredAnew(activity, dueMs);
    changeActivity(execution, scheduledEventId, { options, ...anew });
  },
  standaloneStarted: (execution, { start }) => applyStandaloneStarted(execution, start),
  standaloneCancelRequested: (execution, { request }) => applyStandaloneCancelRequested(execution, request),
  standaloneClosed: (execution, { close }) => applyStandaloneClosed(execution, close),
  signalSeen: (execution, { requestId }) => {
    execution.signalRequestIds.add(requestId);
  },
  cancelSeen: (execution, { requestId }) => {
    execution.cancelRequestIds.add(requestId);
  },
  childCreated: (execution, { initiatedEventId, runId }) => {
    const child = execution.children.get(initiatedEventId);
    if (child) execution.children.set(initiatedEventId, { ...child, runId });
  },
  childReleased: (execution) => {
    execution.awaitsParent = false;
  },
  parentTold: (execution) => {
    execution.parentTold = true;
  },
  closePolicyApplied: (execution, { initiatedEventId }) => {
    const child = execution.children.get(initiatedEventId);
    if (child) execution.children.set(initiatedEventId, { ...child, policyApplied: true });
  },
  requestSeen: (execution, { requestId, eventId, eventType }) => {
    execution.requests.set(requestId, { eventId, eventType, buffered: false });
  },
  updateAdmitted: (execution, { updateId, request }) => {
    execution.updateCount++;
    execution.updates.set(updateId, {
      updateId,
      state: 'admitted',
      request,
      admittedEventId: 0,
      acceptedEventId: 0,
      completedEventId: 0,
      outcome: undefined,
    });
  },
  updateSent: (execution, { updateId }) => changeUpdate(execution, updateId, 'sent'),
  updateReturned: (execution, { updateId }) => changeUpdate(execution, updateId, 'admitted'),
  updateGone: (execution, { updateId }) => {
    execution.updates.delete(updateId);
    execution.updateCount--;
  },
  resetTo: (execution, { runId }) => {
    execution.resetRunId = runId;
    execution.reset = true;
  },
  originalStart: (execution, { timeMs, forks }) => {
    execution.lastResetTimeMs = timeMs;
    const executionMs = durationMs(execution.started.workflowExecutionTimeout);
    if (executionMs > 0) execution.options = { ...execution.options, executionExpiresMs: timeMs + executionMs };
    // Files that were written before forks were noted have none.
    execution.forks = forks ?? [];
  },
  callbackChanged: (execution, { callback }) => {
    execution.callbacks.set(callback.id, callback);
  },
  nexusChanged: (execution, { scheduledEventId, change }) => {
    const operation = execution.nexusOperations.get(scheduledEventId);
    if (operation) execution.nexusOperations.set(scheduledEventId, { ...operation, ...change });
  },
  nexusCancelChanged: (execution, { scheduledEventId, change }) => {
    const operation = execution.nexusOperations.get(scheduledEventId);
    if (!operation?.cancel) return;
    execution.nexusOperations.set(scheduledEventId, { ...operation, cancel: { ...operation.cancel, ...change } });
  },
};

function applyRetry(execution: Execution, fact: Extract<Fact, { kind: 'activityRetry' }>): void {
  const activity = execution.activities.get(fact.scheduledEventId);
  if (!activity) return;
  changeActivity(execution, fact.scheduledEventId, {
    attempt: fact.attempt,
    state: 'backingOff',
    started: undefined,
    attemptTimeMs: fact.dueMs,
    retryIntervalMs: fact.intervalMs,
    lastFailure: fact.failure,
    ...(fact.endedMs === undefined ? {} : { lastAttemptEndMs: fact.endedMs }),
    resetRequested: false,
    stamp: activity.stamp + 1,
    ...(activity.resetHeartbeats ? { heartbeatDetails: undefined, heartbeatTimeMs: undefined } : {}),
    resetHeartbeats: false,
  });
}

function changeUpdate(execution: Execution, updateId: string, state: 'admitted' | 'sent'): void {
  const update = execution.updates.get(updateId);
  if (update) execution.updates.set(updateId, { ...update, state });
}

export function evolve(execution: Execution, fact: Fact): void {
  // Each cell takes the fact of its own kind, which a lookup by a run-time tag cannot express.
  const apply = appliers[fact.kind] as (execution: Execution, fact: Fact) => void;
  apply(execution, fact);
}

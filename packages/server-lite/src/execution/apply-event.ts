/** What each recorded event does to the state. A buffered event is applied when it happens, and again when it is numbered. */
import { WorkflowTaskFailedCause } from '@reprise/proto';
import { applyActivityCancelRequested, applyActivityClosed, applyActivityScheduled } from './activity.ts';
import type { EventName } from './event-kinds.ts';
import { eventKinds, eventName } from './event-kinds.ts';
import type { Execution } from './execution.ts';
import { noteGiven, takeBuildIds } from './given-build-ids.ts';
import { eventBytes } from './payload-size.ts';
import { applyClosed, applyOptionsUpdated, applyStarted, mergeFields } from './lifecycle.ts';
import { applyNexusCancelRequested, applyNexusScheduled, applyNexusStarted } from './apply-nexus.ts';
import { applyUpdateAccepted, applyUpdateAdmitted, applyUpdateCompleted } from './update.ts';
import {
  applyTaskCompleted,
  applyTaskProblem,
  applyTaskScheduled,
  applyTaskStarted,
  describeTaskProblem,
} from './workflow-task.ts';
import type { HistoryEvent } from './wire.ts';
import { durationMs, timestampMs } from './wire.ts';

type Apply = (execution: Execution, event: HistoryEvent) => void;

/** Failures that are no fault of the worker: the next attempt is a first one. */
const startsOver: ReadonlySet<number> = new Set<number>([
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FAILOVER_CLOSE_COMMAND,
]);

const nothing: Apply = () => {};

const appliers: Record<EventName, Apply> = {
  started: applyStarted,
  completed: applyClosed,
  failed: applyClosed,
  timedOut: applyClosed,
  canceled: applyClosed,
  terminated: applyClosed,
  continuedAsNew: applyClosed,
  taskScheduled: applyTaskScheduled,
  taskStarted: applyTaskStarted,
  taskCompleted: applyTaskCompleted,
  taskTimedOut: (execution, event) => {
    applyTaskProblem(execution, { countsAttempt: event.workflowTaskTimedOutEventAttributes?.timeoutType === 1 });
    execution.lastTaskProblem = describeTaskProblem(event);
  },
  taskFailed: (execution, event) => {
    const cause = event.workflowTaskFailedEventAttributes?.cause ?? 0;
    applyTaskProblem(execution, { countsAttempt: !startsOver.has(cause) });
    execution.lastTaskProblem = describeTaskProblem(event);
  },
  activityScheduled: applyActivityScheduled,
  activityStarted: nothing,
  activityCancelRequested: applyActivityCancelRequested,
  activityCompleted: (x, e) => applyActivityClosed(x, e.activityTaskCompletedEventAttributes?.scheduledEventId),
  activityFailed: (x, e) => applyActivityClosed(x, e.activityTaskFailedEventAttributes?.scheduledEventId),
  activityTimedOut: (x, e) => applyActivityClosed(x, e.activityTaskTimedOutEventAttributes?.scheduledEventId),
  activityCanceled: (x, e) => applyActivityClosed(x, e.activityTaskCanceledEventAttributes?.scheduledEventId),
  timerStarted: (execution, event) => {
    const attributes = event.timerStartedEventAttributes ?? {};
    const timerId = attributes.timerId ?? '';
    const dueMs = timestampMs(event.eventTime) + durationMs(attributes.startToFireTimeout);
    execution.timers.set(timerId, { timerId, startedEventId: event.eventId ?? 0, dueMs });
  },
  timerFired: (execution, event) => {
    const { timerId, startedEventId } = event.timerFiredEventAttributes ?? {};
    const timer = execution.timers.get(timerId ?? '');
    if (timer?.startedEventId === startedEventId) execution.timers.delete(timerId ?? '');
  },
  timerCanceled: (execution, event) => {
    execution.timers.delete(event.timerCanceledEventAttributes?.timerId ?? '');
  },
  markerRecorded: nothing,
  signaled: (execution, event) => {
    if (event.eventId) execution.signalCount++;
  },
  cancelRequested: (execution) => {
    execution.cancelRequested = true;
  },
  childInitiated: (execution, event) => {
    const initiatedEventId = event.eventId ?? 0;
    execution.children.set(initiatedEventId, {
      initiatedEventId,
      attributes: event.startChildWorkflowExecutionInitiatedEventAttributes ?? {},
      initiatedTimeMs: timestampMs(event.eventTime),
      userMetadata: event.userMetadata ?? undefined,
      runId: '',
      startedEventId: 0,
      started: false,
      policyApplied: false,
    });
  },
  childStarted: (execution, event) => {
    const attributes = event.childWorkflowExecutionStartedEventAttributes ?? {};
    const child = execution.children.get(attributes.initiatedEventId ?? 0);
    if (!child) return;
    const runId = attributes.workflowExecution?.runId ?? '';
    const startedEventId = event.eventId ?? 0;
    execution.children.set(child.initiatedEventId, { ...child, runId, startedEventId, started: true });
  },
  childStartFailed: (x, e) => dropChild(x, e.startChildWorkflowExecutionFailedEventAttributes?.initiatedEventId),
  childCompleted: (x, e) => dropChild(x, e.childWorkflowExecutionCompletedEventAttributes?.initiatedEventId),
  childFailed: (x, e) => dropChild(x, e.childWorkflowExecutionFailedEventAttributes?.initiatedEventId),
  childCanceled: (x, e) => dropChild(x, e.childWorkflowExecutionCanceledEventAttributes?.initiatedEventId),
  childTimedOut: (x, e) => dropChild(x, e.childWorkflowExecutionTimedOutEventAttributes?.initiatedEventId),
  childTerminated: (x, e) => dropChild(x, e.childWorkflowExecutionTerminatedEventAttributes?.initiatedEventId),
  signalExternalInitiated: (execution, event) => {
    const initiatedEventId = event.eventId ?? 0;
    const attributes = event.signalExternalWorkflowExecutionInitiatedEventAttributes ?? {};
    const requestId = `${execution.run.runId}/${initiatedEventId}`;
    execution.outgoingSignals.set(initiatedEventId, { initiatedEventId, attributes, requestId });
  },
  signalExternalFailed: (execution, event) => {
    execution.outgoingSignals.delete(event.signalExternalWorkflowExecutionFailedEventAttributes?.initiatedEventId ?? 0);
  },
  externalSignaled: (execution, event) => {
    execution.outgoingSignals.delete(event.externalWorkflowExecutionSignaledEventAttributes?.initiatedEventId ?? 0);
  },
  cancelExternalInitiated: (execution, event) => {
    const initiatedEventId = event.eventId ?? 0;
    const attributes = event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes ?? {};
    const requestId = `${execution.run.runId}/${initiatedEventId}`;
    execution.outgoingCancels.set(initiatedEventId, { initiatedEventId, attributes, requestId });
  },
  cancelExternalFailed: (execution, event) => {
    execution.outgoingCancels.delete(
      event.requestCancelExternalWorkflowExecutionFailedEventAttributes?.initiatedEventId ?? 0,
    );
  },
  externalCancelRequested: (execution, event) => {
    execution.outgoingCancels.delete(
      event.externalWorkflowExecutionCancelRequestedEventAttributes?.initiatedEventId ?? 0,
    );
  },
  searchAttributesUpserted: (execution, event) => {
    const fields = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields;
    execution.searchAttributes = mergeFields(execution.searchAttributes, fields);
    takeBuildIds(execution, fields);
    noteGiven(execution, fields);
  },
  propertiesModified: (execution, event) => {
    const fields = event.workflowPropertiesModifiedEventAttributes?.upsertedMemo?.fields;
    execution.memo = mergeFields(execution.memo, fields);
  },
  updateAdmitted: applyUpdateAdmitted,
  updateAccepted: applyUpdateAccepted,
  updateCompleted: applyUpdateCompleted,
  optionsUpdated: applyOptionsUpdated,
  nexusScheduled: applyNexusScheduled,
  nexusStarted: applyNexusStarted,
  nexusCompleted: (x, e) => dropNexus(x, e.nexusOperationCompletedEventAttributes?.scheduledEventId),
  nexusFailed: (x, e) => dropNexus(x, e.nexusOperationFailedEventAttributes?.scheduledEventId),
  nexusCanceled: (x, e) => dropNexus(x, e.nexusOperationCanceledEventAttributes?.scheduledEventId),
  nexusTimedOut: (x, e) => timeOutNexus(x, e.nexusOperationTimedOutEventAttributes?.scheduledEventId ?? 0),
  nexusCancelRequested: applyNexusCancelRequested,
  nexusCancelRequestCompleted: nothing,
  nexusCancelRequestFailed: nothing,
};

function dropChild(execution: Execution, initiatedEventId: number | null | undefined): void {
  execution.children.delete(initiatedEventId ?? 0);
}

function dropNexus(execution: Execution, scheduledEventId: number | null | undefined): void {
  execution.nexusOperations.delete(scheduledEventId ?? 0);
}

function timeOutNexus(execution: Execution, scheduledEventId: number): void {
  dropNexus(execution, scheduledEventId);
  execution.timedOutNexus = [...execution.timedOutNexus, scheduledEventId];
}

/** A numbered event: it has its effect, and its buffered copy, if there was one, is gone. */
export function applyEvent(execution: Execution, event: HistoryEvent): void {
  const name = eventName(event);
  if (eventKinds[name].buffered && execution.buffered.length > 0) {
    execution.buffered = [];
    execution.bufferedBytes = 0;
  }
  execution.nextEventId = (event.eventId ?? 0) + 1;
  if (event.taskId) execution.lastTaskId = event.taskId;
  appliers[name](execution, event);
}

export function applyBuffered(execution: Execution, event: HistoryEvent): void {
  execution.buffered.push(event);
  execution.bufferedBytes += eventBytes(event);
  appliers[eventName(event)](execution, event);
}

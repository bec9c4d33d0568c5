/** What an event is to the thing that it concerns: the input of its machine, and how the thing is found. */
import { toWallFailure, toWallPayload, type WallFailure } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { ActivityInput } from './activity.ts';
import type { CancelExternalInput } from './cancel-external.ts';
import type { ChildInput } from './child-workflow.ts';
import { EventType, type HistoryEvent } from './event-type.ts';
import type { NexusInput } from './nexus-operation.ts';
import type { SignalExternalInput } from './signal-external.ts';
import type { ThingInput } from './thing.ts';
import type { TimerInput } from './timer.ts';
import { firstWallPayload } from './wall-values.ts';

/** temporal.api.enums.v1.RetryState of children that were ended from outside, by whose events nothing is said of it. */
const NON_RETRYABLE = 2;

type Failure = temporal.api.failure.v1.Failure | null | undefined;

/** The input by which the thing at the head of the command queue learns that it was recorded. */
export function recordedInput(event: HistoryEvent): ThingInput {
  const eventId = event.eventId ?? 0;
  switch (event.eventType) {
    case EventType.TimerStarted:
      return { kind: 'timerStarted' } satisfies TimerInput;
    case EventType.TimerCanceled:
      return { kind: 'timerCanceled' } satisfies TimerInput;
    case EventType.ActivityTaskScheduled:
      return { kind: 'activityScheduled', eventId } satisfies ActivityInput;
    case EventType.ActivityTaskCancelRequested:
      return { kind: 'activityCancelRequested' } satisfies ActivityInput;
    case EventType.StartChildWorkflowExecutionInitiated:
      return { kind: 'childInitiated', eventId } satisfies ChildInput;
    case EventType.SignalExternalWorkflowExecutionInitiated:
      return { kind: 'signalInitiated' } satisfies SignalExternalInput;
    case EventType.RequestCancelExternalWorkflowExecutionInitiated:
      return { kind: 'cancelInitiated' } satisfies CancelExternalInput;
    case EventType.NexusOperationScheduled:
      return { kind: 'nexusScheduled', eventId } satisfies NexusInput;
    case EventType.NexusOperationCancelRequested:
      return { kind: 'nexusCancelRequested' } satisfies NexusInput;
    default:
      return { kind: oneShotInputs[event.eventType ?? 0] ?? 'unknown' };
  }
}

const oneShotInputs: Readonly<Record<number, string>> = {
  [EventType.MarkerRecorded]: 'markerRecorded',
  [EventType.UpsertWorkflowSearchAttributes]: 'searchAttributesUpserted',
  [EventType.WorkflowPropertiesModified]: 'propertiesModified',
  [EventType.WorkflowExecutionUpdateAccepted]: 'updateAccepted',
  [EventType.WorkflowExecutionUpdateCompleted]: 'updateCompleted',
  [EventType.WorkflowExecutionCompleted]: 'workflowCompleted',
  [EventType.WorkflowExecutionFailed]: 'workflowFailed',
  [EventType.WorkflowExecutionCanceled]: 'workflowCanceled',
  [EventType.WorkflowExecutionContinuedAsNew]: 'workflowContinuedAsNew',
};

/** An event that continues what an earlier one began. */
export interface FollowUp {
  /** The event that began it. */
  readonly initiatingEventId: number;
  readonly input: ThingInput;
}

export function followUpOf(event: HistoryEvent): FollowUp | undefined {
  return followUps[event.eventType ?? 0]?.(event);
}

function timerFollowUp({ timerFiredEventAttributes }: HistoryEvent): FollowUp | undefined {
  if (!timerFiredEventAttributes) return undefined;
  const input: TimerInput = { kind: 'timerFired' };
  return { initiatingEventId: timerFiredEventAttributes.startedEventId ?? 0, input };
}

function wall(failure: Failure): { failure?: WallFailure } {
  return failure ? { failure: toWallFailure(failure) } : {};
}

function activityFollowUp(event: HistoryEvent): FollowUp | undefined {
  const of = (id: number | null | undefined, input: ActivityInput): FollowUp => ({ initiatingEventId: id ?? 0, input });
  const started = event.activityTaskStartedEventAttributes;
  if (started) return of(started.scheduledEventId, { kind: 'activityStarted' });
  const completed = event.activityTaskCompletedEventAttributes;
  if (completed) {
    const result = firstWallPayload(completed.result);
    return of(completed.scheduledEventId, { kind: 'activityCompleted', ...(result === undefined ? {} : { result }) });
  }
  const failed = event.activityTaskFailedEventAttributes;
  if (failed)
    return of(failed.scheduledEventId, { kind: 'activityFailed', ...ending(failed), ...wall(failed.failure) });
  const timedOut = event.activityTaskTimedOutEventAttributes;
  if (timedOut) {
    return of(timedOut.scheduledEventId, { kind: 'activityTimedOut', ...ending(timedOut), ...wall(timedOut.failure) });
  }
  const canceled = event.activityTaskCanceledEventAttributes;
  if (!canceled) return undefined;
  const details = canceled.details?.payloads?.map(toWallPayload);
  const failure: WallFailure = { canceledFailureInfo: details === undefined ? {} : { details: { payloads: details } } };
  return of(canceled.scheduledEventId, { kind: 'activityCanceled', ...ending(canceled), failure });
}

interface Ending {
  startedEventId?: number | null | undefined;
  identity?: string | null | undefined;
  retryState?: number | null | undefined;
}

function ending(attributes: Ending): { startedEventId: number; identity: string; retryState: number } {
  return {
    startedEventId: attributes.startedEventId ?? 0,
    identity: attributes.identity ?? '',
    retryState: attributes.retryState ?? 0,
  };
}

function childFollowUp(event: HistoryEvent): FollowUp | undefined {
  const of = (id: number | null | undefined, input: ChildInput): FollowUp => ({ initiatingEventId: id ?? 0, input });
  const eventId = event.eventId ?? 0;
  const started = event.childWorkflowExecutionStartedEventAttributes;
  if (started) {
    const runId = started.workflowExecution?.runId ?? '';
    return of(started.initiatedEventId, { kind: 'childStarted', eventId, runId });
  }
  const startFailed = event.startChildWorkflowExecutionFailedEventAttributes;
  if (startFailed) return of(startFailed.initiatedEventId, { kind: 'childStartFailed', cause: startFailed.cause ?? 0 });
  const completed = event.childWorkflowExecutionCompletedEventAttributes;
  if (completed) {
    const result = firstWallPayload(completed.result);
    return of(completed.initiatedEventId, { kind: 'childCompleted', ...(result === undefined ? {} : { result }) });
  }
  const failed = event.childWorkflowExecutionFailedEventAttributes;
  if (failed) {
    const retryState = failed.retryState ?? 0;
    return of(failed.initiatedEventId, { kind: 'childFailed', retryState, ...wall(failed.failure) });
  }
  return childClosedFollowUp(event, of);
}

function childClosedFollowUp(
  event: HistoryEvent,
  of: (id: number | null | undefined, input: ChildInput) => FollowUp,
): FollowUp | undefined {
  const timedOut = event.childWorkflowExecutionTimedOutEventAttributes;
  if (timedOut) {
    const failure: WallFailure = { message: 'Timed out', timeoutFailureInfo: { timeoutType: 1 } };
    return of(timedOut.initiatedEventId, { kind: 'childTimedOut', retryState: timedOut.retryState ?? 0, failure });
  }
  const terminated = event.childWorkflowExecutionTerminatedEventAttributes;
  if (terminated) {
    const failure: WallFailure = { message: 'Terminated', terminatedFailureInfo: {} };
    return of(terminated.initiatedEventId, { kind: 'childTerminated', retryState: NON_RETRYABLE, failure });
  }
  const canceled = event.childWorkflowExecutionCanceledEventAttributes;
  if (!canceled) return undefined;
  const details = canceled.details?.payloads?.map(toWallPayload);
  const failure: WallFailure = { canceledFailureInfo: details === undefined ? {} : { details: { payloads: details } } };
  return of(canceled.initiatedEventId, { kind: 'childCanceled', retryState: NON_RETRYABLE, failure });
}

function externalFollowUp(event: HistoryEvent): FollowUp | undefined {
  type Input = CancelExternalInput | SignalExternalInput;
  const of = (id: number | null | undefined, input: Input): FollowUp => ({ initiatingEventId: id ?? 0, input });
  const signaled = event.externalWorkflowExecutionSignaledEventAttributes;
  if (signaled) return of(signaled.initiatedEventId, { kind: 'signalDelivered' });
  const signalFailed = event.signalExternalWorkflowExecutionFailedEventAttributes;
  if (signalFailed) return of(signalFailed.initiatedEventId, { kind: 'signalFailed', cause: signalFailed.cause ?? 0 });
  const canceled = event.externalWorkflowExecutionCancelRequestedEventAttributes;
  if (canceled) return of(canceled.initiatedEventId, { kind: 'cancelDelivered' });
  const cancelFailed = event.requestCancelExternalWorkflowExecutionFailedEventAttributes;
  if (cancelFailed) return of(cancelFailed.initiatedEventId, { kind: 'cancelFailed', cause: cancelFailed.cause ?? 0 });
  return undefined;
}

function nexusFollowUp(event: HistoryEvent): FollowUp | undefined {
  const of = (id: number | null | undefined, input: NexusInput): FollowUp => ({ initiatingEventId: id ?? 0, input });
  const failure = (value: Failure): WallFailure => (value ? toWallFailure(value) : {});
  const started = event.nexusOperationStartedEventAttributes;
  if (started) return of(started.scheduledEventId, { kind: 'nexusStarted', token: started.operationToken ?? '' });
  const completed = event.nexusOperationCompletedEventAttributes;
  if (completed) {
    const result = completed.result ? { result: toWallPayload(completed.result) } : {};
    return of(completed.scheduledEventId, { kind: 'nexusCompleted', ...result });
  }
  const failed = event.nexusOperationFailedEventAttributes;
  if (failed) return of(failed.scheduledEventId, { kind: 'nexusFailed', failure: failure(failed.failure) });
  const timedOut = event.nexusOperationTimedOutEventAttributes;
  if (timedOut) return of(timedOut.scheduledEventId, { kind: 'nexusTimedOut', failure: failure(timedOut.failure) });
  const canceled = event.nexusOperationCanceledEventAttributes;
  if (canceled) return of(canceled.scheduledEventId, { kind: 'nexusCanceled', failure: failure(canceled.failure) });
  const delivered = event.nexusOperationCancelRequestCompletedEventAttributes;
  if (delivered) return of(delivered.scheduledEventId, { kind: 'nexusCancelDelivered' });
  const undelivered = event.nexusOperationCancelRequestFailedEventAttributes;
  if (undelivered)
    return of(undelivered.scheduledEventId, { kind: 'nexusCancelFailed', failure: failure(undelivered.failure) });
  return undefined;
}

/** Half of all events follow up on nothing: events are found by their type, not by the attributes that they lack. */
const followUps: Readonly<Record<number, (event: HistoryEvent) => FollowUp | undefined>> = {
  [EventType.TimerFired]: timerFollowUp,
  [EventType.ActivityTaskStarted]: activityFollowUp,
  [EventType.ActivityTaskCompleted]: activityFollowUp,
  [EventType.ActivityTaskFailed]: activityFollowUp,
  [EventType.ActivityTaskTimedOut]: activityFollowUp,
  [EventType.ActivityTaskCanceled]: activityFollowUp,
  [EventType.StartChildWorkflowExecutionFailed]: childFollowUp,
  [EventType.ChildWorkflowExecutionStarted]: childFollowUp,
  [EventType.ChildWorkflowExecutionCompleted]: childFollowUp,
  [EventType.ChildWorkflowExecutionFailed]: childFollowUp,
  [EventType.ChildWorkflowExecutionTimedOut]: childFollowUp,
  [EventType.ChildWorkflowExecutionTerminated]: childFollowUp,
  [EventType.ChildWorkflowExecutionCanceled]: childFollowUp,
  [EventType.ExternalWorkflowExecutionSignaled]: externalFollowUp,
  [EventType.SignalExternalWorkflowExecutionFailed]: externalFollowUp,
  [EventType.ExternalWorkflowExecutionCancelRequested]: externalFollowUp,
  [EventType.RequestCancelExternalWorkflowExecutionFailed]: externalFollowUp,
  [EventType.NexusOperationStarted]: nexusFollowUp,
  [EventType.NexusOperationCompleted]: nexusFollowUp,
  [EventType.NexusOperationFailed]: nexusFollowUp,
  [EventType.NexusOperationCanceled]: nexusFollowUp,
  [EventType.NexusOperationTimedOut]: nexusFollowUp,
  [EventType.NexusOperationCancelRequestCompleted]: nexusFollowUp,
  [EventType.NexusOperationCancelRequestFailed]: nexusFollowUp,
};

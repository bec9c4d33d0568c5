/** Every kind of history event: its number, where its attributes are, and whether a started workflow task holds it back. */
import { EventType } from '@reprise/proto';
import type { HistoryEvent } from './wire.ts';

type AttributesField = {
  [K in keyof HistoryEvent]-?: K extends `${string}EventAttributes` ? K : never;
}[keyof HistoryEvent];

interface EventKind<Field extends AttributesField = AttributesField> {
  readonly type: EventType;
  readonly field: Field;
  /** Held back while a workflow task is started, and numbered when it ends. */
  readonly buffered: boolean;
  /** Goes behind the others when buffered events are numbered. */
  readonly last: boolean;
  /** Closes the execution. */
  readonly closes: boolean;
}

function kind<Field extends AttributesField>(
  type: EventType,
  field: Field,
  options: { buffered?: boolean; last?: boolean; closes?: boolean } = {},
): EventKind<Field> {
  return {
    type,
    field,
    buffered: options.buffered ?? false,
    last: options.last ?? false,
    closes: options.closes ?? false,
  };
}

const held = { buffered: true };
const heldLast = { buffered: true, last: true };
const closing = { closes: true };

export const eventKinds = {
  started: kind(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, 'workflowExecutionStartedEventAttributes'),
  completed: kind(
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
    'workflowExecutionCompletedEventAttributes',
    closing,
  ),
  failed: kind(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED, 'workflowExecutionFailedEventAttributes', closing),
  timedOut: kind(
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
    'workflowExecutionTimedOutEventAttributes',
    closing,
  ),
  taskScheduled: kind(EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, 'workflowTaskScheduledEventAttributes'),
  taskStarted: kind(EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED, 'workflowTaskStartedEventAttributes'),
  taskCompleted: kind(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, 'workflowTaskCompletedEventAttributes'),
  taskTimedOut: kind(EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT, 'workflowTaskTimedOutEventAttributes'),
  taskFailed: kind(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED, 'workflowTaskFailedEventAttributes'),
  activityScheduled: kind(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, 'activityTaskScheduledEventAttributes'),
  activityStarted: kind(EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED, 'activityTaskStartedEventAttributes', held),
  activityCompleted: kind(
    EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
    'activityTaskCompletedEventAttributes',
    heldLast,
  ),
  activityFailed: kind(EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED, 'activityTaskFailedEventAttributes', heldLast),
  activityTimedOut: kind(EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT, 'activityTaskTimedOutEventAttributes', heldLast),
  activityCancelRequested: kind(
    EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED,
    'activityTaskCancelRequestedEventAttributes',
  ),
  activityCanceled: kind(EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED, 'activityTaskCanceledEventAttributes', heldLast),
  timerStarted: kind(EventType.EVENT_TYPE_TIMER_STARTED, 'timerStartedEventAttributes'),
  timerFired: kind(EventType.EVENT_TYPE_TIMER_FIRED, 'timerFiredEventAttributes', held),
  timerCanceled: kind(EventType.EVENT_TYPE_TIMER_CANCELED, 'timerCanceledEventAttributes'),
  cancelRequested: kind(
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
    'workflowExecutionCancelRequestedEventAttributes',
    held,
  ),
  canceled: kind(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, 'workflowExecutionCanceledEventAttributes', closing),
  cancelExternalInitiated: kind(
    EventType.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
    'requestCancelExternalWorkflowExecutionInitiatedEventAttributes',
  ),
  cancelExternalFailed: kind(
    EventType.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
    'requestCancelExternalWorkflowExecutionFailedEventAttributes',
    held,
  ),
  externalCancelRequested: kind(
    EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
    'externalWorkflowExecutionCancelRequestedEventAttributes',
    held,
  ),
  markerRecorded: kind(EventType.EVENT_TYPE_MARKER_RECORDED, 'markerRecordedEventAttributes'),
  signaled: kind(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED, 'workflowExecutionSignaledEventAttributes', held),
  terminated: kind(
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
    'workflowExecutionTerminatedEventAttributes',
    closing,
  ),
  continuedAsNew: kind(
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
    'workflowExecutionContinuedAsNewEventAttributes',
    closing,
  ),
  childInitiated: kind(
    EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
    'startChildWorkflowExecutionInitiatedEventAttributes',
  ),
  childStartFailed: kind(
    EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED,
    'startChildWorkflowExecutionFailedEventAttributes',
    held,
  ),
  childStarted: kind(
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED,
    'childWorkflowExecutionStartedEventAttributes',
    held,
  ),
  childCompleted: kind(
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED,
    'childWorkflowExecutionCompletedEventAttributes',
    heldLast,
  ),
  childFailed: kind(
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED,
    'childWorkflowExecutionFailedEventAttributes',
    heldLast,
  ),
  childCanceled: kind(
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED,
    'childWorkflowExecutionCanceledEventAttributes',
    heldLast,
  ),
  childTimedOut: kind(
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TIMED_OUT,
    'childWorkflowExecutionTimedOutEventAttributes',
    heldLast,
  ),
  childTerminated: kind(
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TERMINATED,
    'childWorkflowExecutionTerminatedEventAttributes',
    heldLast,
  ),
  signalExternalInitiated: kind(
    EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
    'signalExternalWorkflowExecutionInitiatedEventAttributes',
  ),
  signalExternalFailed: kind(
    EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
    'signalExternalWorkflowExecutionFailedEventAttributes',
    held,
  ),
  externalSignaled: kind(
    EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED,
    'externalWorkflowExecutionSignaledEventAttributes',
    held,
  ),
  searchAttributesUpserted: kind(
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
    'upsertWorkflowSearchAttributesEventAttributes',
  ),
  propertiesModified: kind(
    EventType.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
    'workflowPropertiesModifiedEventAttributes',
  ),
  updateAdmitted: kind(
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED,
    'workflowExecutionUpdateAdmittedEventAttributes',
    held,
  ),
  updateAccepted: kind(
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
    'workflowExecutionUpdateAcceptedEventAttributes',
  ),
  updateCompleted: kind(
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
    'workflowExecutionUpdateCompletedEventAttributes',
  ),
  optionsUpdated: kind(
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
    'workflowExecutionOptionsUpdatedEventAttributes',
    held,
  ),
  nexusScheduled: kind(EventType.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED, 'nexusOperationScheduledEventAttributes'),
  nexusStarted: kind(EventType.EVENT_TYPE_NEXUS_OPERATION_STARTED, 'nexusOperationStartedEventAttributes', held),
  nexusCompleted: kind(
    EventType.EVENT_TYPE_NEXUS_OPERATION_COMPLETED,
    'nexusOperationCompletedEventAttributes',
    heldLast,
  ),
  nexusFailed: kind(EventType.EVENT_TYPE_NEXUS_OPERATION_FAILED, 'nexusOperationFailedEventAttributes', heldLast),
  nexusCanceled: kind(EventType.EVENT_TYPE_NEXUS_OPERATION_CANCELED, 'nexusOperationCanceledEventAttributes', heldLast),
  nexusTimedOut: kind(
    EventType.EVENT_TYPE_NEXUS_OPERATION_TIMED_OUT,
    'nexusOperationTimedOutEventAttributes',
    heldLast,
  ),
  nexusCancelRequested: kind(
    EventType.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED,
    'nexusOperationCancelRequestedEventAttributes',
  ),
  nexusCancelRequestCompleted: kind(
    EventType.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUEST_COMPLETED,
    'nexusOperationCancelRequestCompletedEventAttributes',
    held,
  ),
  nexusCancelRequestFailed: kind(
    EventType.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUEST_FAILED,
    'nexusOperationCancelRequestFailedEventAttributes',
    held,
  ),
} as const;

export type EventName = keyof typeof eventKinds;
export type AttributesOf<Name extends EventName> = NonNullable<HistoryEvent[(typeof eventKinds)[Name]['field']]>;

const byType = new Map<number, EventName>(
  (Object.keys(eventKinds) as EventName[]).map((name) => [eventKinds[name].type, name]),
);

/** @throws TypeError when the type is one that this server does not write. */
export function eventName(event: HistoryEvent): EventName {
  const name = byType.get(event.eventType ?? 0);
  if (!name)
    throw new TypeError(`expected an event of a known type, found type ${event.eventType} at ${event.eventId}`);
  return name;
}

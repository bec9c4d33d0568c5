/** The wire's event types, by number, and the questions that the machine asks of a type. */
import type { temporal } from '@reprise/proto';

export type HistoryEvent = temporal.api.history.v1.HistoryEvent;

/** Short names, in the order of the wire's numbers. The name is what mismatch texts show. */
const names = {
  1: 'WorkflowExecutionStarted',
  2: 'WorkflowExecutionCompleted',
  3: 'WorkflowExecutionFailed',
  4: 'WorkflowExecutionTimedOut',
  5: 'WorkflowTaskScheduled',
  6: 'WorkflowTaskStarted',
  7: 'WorkflowTaskCompleted',
  8: 'WorkflowTaskTimedOut',
  9: 'WorkflowTaskFailed',
  10: 'ActivityTaskScheduled',
  11: 'ActivityTaskStarted',
  12: 'ActivityTaskCompleted',
  13: 'ActivityTaskFailed',
  14: 'ActivityTaskTimedOut',
  15: 'ActivityTaskCancelRequested',
  16: 'ActivityTaskCanceled',
  17: 'TimerStarted',
  18: 'TimerFired',
  19: 'TimerCanceled',
  20: 'WorkflowExecutionCancelRequested',
  21: 'WorkflowExecutionCanceled',
  22: 'RequestCancelExternalWorkflowExecutionInitiated',
  23: 'RequestCancelExternalWorkflowExecutionFailed',
  24: 'ExternalWorkflowExecutionCancelRequested',
  25: 'MarkerRecorded',
  26: 'WorkflowExecutionSignaled',
  27: 'WorkflowExecutionTerminated',
  28: 'WorkflowExecutionContinuedAsNew',
  29: 'StartChildWorkflowExecutionInitiated',
  30: 'StartChildWorkflowExecutionFailed',
  31: 'ChildWorkflowExecutionStarted',
  32: 'ChildWorkflowExecutionCompleted',
  33: 'ChildWorkflowExecutionFailed',
  34: 'ChildWorkflowExecutionCanceled',
  35: 'ChildWorkflowExecutionTimedOut',
  36: 'ChildWorkflowExecutionTerminated',
  37: 'SignalExternalWorkflowExecutionInitiated',
  38: 'SignalExternalWorkflowExecutionFailed',
  39: 'ExternalWorkflowExecutionSignaled',
  40: 'UpsertWorkflowSearchAttributes',
  41: 'WorkflowExecutionUpdateAccepted',
  42: 'WorkflowExecutionUpdateRejected',
  43: 'WorkflowExecutionUpdateCompleted',
  44: 'WorkflowPropertiesModifiedExternally',
  45: 'ActivityPropertiesModifiedExternally',
  46: 'WorkflowPropertiesModified',
  47: 'WorkflowExecutionUpdateAdmitted',
  48: 'NexusOperationScheduled',
  49: 'NexusOperationStarted',
  50: 'NexusOperationCompleted',
  51: 'NexusOperationFailed',
  52: 'NexusOperationCanceled',
  53: 'NexusOperationTimedOut',
  54: 'NexusOperationCancelRequested',
  55: 'WorkflowExecutionOptionsUpdated',
  56: 'NexusOperationCancelRequestCompleted',
  57: 'NexusOperationCancelRequestFailed',
  58: 'WorkflowExecutionPaused',
  59: 'WorkflowExecutionUnpaused',
  60: 'WorkflowExecutionTimeSkippingTransitioned',
} as const;

type Names = typeof names;
export type EventTypeName = Names[keyof Names];
type Numbers = { readonly [N in keyof Names as Names[N]]: N };

/** Numbers by short name: `EventType.TimerStarted`. */
export const EventType = Object.fromEntries(
  Object.entries(names).map(([number, name]) => [name, Number(number)]),
) as unknown as Numbers;

export function eventTypeName(type: number | null | undefined): string {
  return (names as Record<number, string | undefined>)[type ?? 0] ?? `EventType(${type ?? 0})`;
}

function flagsOf(...types: EventTypeName[]): readonly boolean[] {
  const flags = new Array<boolean>(64).fill(false);
  for (const type of types) flags[EventType[type]] = true;
  return flags;
}

const commandTypes = flagsOf(
  'ActivityTaskScheduled',
  'ActivityTaskCancelRequested',
  'MarkerRecorded',
  'RequestCancelExternalWorkflowExecutionInitiated',
  'SignalExternalWorkflowExecutionInitiated',
  'StartChildWorkflowExecutionInitiated',
  'TimerStarted',
  'TimerCanceled',
  'UpsertWorkflowSearchAttributes',
  'WorkflowPropertiesModified',
  'NexusOperationScheduled',
  'NexusOperationCancelRequested',
  'WorkflowExecutionCompleted',
  'WorkflowExecutionFailed',
  'WorkflowExecutionCanceled',
  'WorkflowExecutionContinuedAsNew',
  'WorkflowExecutionUpdateAccepted',
  'WorkflowExecutionUpdateRejected',
  'WorkflowExecutionUpdateCompleted',
);
const closingTypes = flagsOf(
  'WorkflowExecutionCompleted',
  'WorkflowExecutionFailed',
  'WorkflowExecutionCanceled',
  'WorkflowExecutionContinuedAsNew',
  'WorkflowExecutionTimedOut',
  'WorkflowExecutionTerminated',
);

/** True for events that a command of a worker makes. */
export function isCommandEvent(event: HistoryEvent): boolean {
  return commandTypes[event.eventType ?? 0] ?? false;
}

/** True for events after which there is no other. */
export function isClosingEvent(event: HistoryEvent): boolean {
  return closingTypes[event.eventType ?? 0] ?? false;
}

/** How mismatch texts show an event. */
export function showEvent(event: HistoryEvent): string {
  return `HistoryEvent(id: ${event.eventId ?? 0}, ${eventTypeName(event.eventType)})`;
}

import type { Payload } from '@reprise/common';
import { EventType, type HistoryEvent } from '@reprise/worker/replay';
import type { Intent, IntentOf } from '@reprise/workflow/runtime';

import { attributesNameOf } from './edited-history.ts';

export interface Invention {
  /** Stands for the id of the command's event. */
  readonly commandKey: number;
  readonly result: InventedOutcome;
  /** The key of the event that started a timer. */
  readonly timerOf: (timerId: string) => number | undefined;
}

/** What an invented step returns; `pending`: it does not come to an end. */
export type InventedOutcome = 'nothing' | 'emptyObject' | 'pending';

/** What became of a step of the recording, as of one whose command is the event `commandKey`. */
export function asOutcomeOf(event: HistoryEvent, commandKey: number): HistoryEvent {
  const name = attributesNameOf(event);
  if (name === undefined) return event;
  const { startedEventId: _of, ...attributes } = (event[name] ?? {}) as Record<string, unknown>;
  for (const reference of ['scheduledEventId', 'initiatedEventId'])
    if (reference in attributes) attributes[reference] = commandKey;
  return { ...event, [name]: attributes };
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The events of a step that went well: the command's event first. A step that leads to nothing has that one alone. */
export function inventedEvents(intent: Intent, invention: Invention): HistoryEvent[] {
  const { commandKey } = invention;
  switch (intent.kind) {
    case 'startTimer':
      return timerEvents(intent, commandKey).slice(0, invention.result === 'pending' ? 1 : 2);
    case 'cancelTimer':
      return cancelledTimerEvents(String(intent.seq), invention);
    case 'scheduleActivity':
      return activityEvents(intent, invention);
    case 'scheduleLocalActivity':
      return [localActivityMarker(intent, invention)];
    case 'startChild':
      return childEvents(intent, invention);
    case 'signalExternal':
      return signalEvents(intent, commandKey);
    case 'scheduleNexusOperation':
      return nexusEvents(intent, invention);
    case 'upsertSearchAttributes':
      return [
        { eventType: EventType.UpsertWorkflowSearchAttributes, upsertWorkflowSearchAttributesEventAttributes: {} },
      ];
    case 'modifyProperties':
      return [{ eventType: EventType.WorkflowPropertiesModified, workflowPropertiesModifiedEventAttributes: {} }];
    default:
      return [];
  }
}

function timerEvents(intent: IntentOf<'startTimer'>, startedEventId: number): HistoryEvent[] {
  const timerId = String(intent.seq);
  return [
    { eventType: EventType.TimerStarted, timerStartedEventAttributes: { timerId } },
    { eventType: EventType.TimerFired, timerFiredEventAttributes: { timerId, startedEventId } },
  ];
}

function cancelledTimerEvents(timerId: string, { timerOf }: Invention): HistoryEvent[] {
  const startedEventId = timerOf(timerId);
  if (startedEventId === undefined) return [];
  return [{ eventType: EventType.TimerCanceled, timerCanceledEventAttributes: { timerId, startedEventId } }];
}

function activityEvents(intent: IntentOf<'scheduleActivity'>, { commandKey, result }: Invention): HistoryEvent[] {
  const { activityId, activityType } = intent;
  return [
    {
      eventType: EventType.ActivityTaskScheduled,
      activityTaskScheduledEventAttributes: { activityId, activityType: { name: activityType } },
    },
    {
      eventType: EventType.ActivityTaskCompleted,
      activityTaskCompletedEventAttributes: { scheduledEventId: commandKey, result: payloads(result) },
    },
  ];
}

function localActivityMarker(intent: IntentOf<'scheduleLocalActivity'>, { result }: Invention): HistoryEvent {
  const data = { seq: intent.seq, attempt: 1, activity_id: intent.activityId, activity_type: intent.activityType };
  return {
    eventType: EventType.MarkerRecorded,
    markerRecordedEventAttributes: {
      markerName: 'core_local_activity',
      details: {
        data: { payloads: [{ metadata: { encoding: encode('json/plain') }, data: encode(JSON.stringify(data)) }] },
        result: payloads(result),
      },
    },
  };
}

function childEvents(intent: IntentOf<'startChild'>, { commandKey, result }: Invention): HistoryEvent[] {
  const { workflowId } = intent;
  const workflowType = { name: intent.workflowType };
  const workflowExecution = { workflowId, runId: '00000000-0000-0000-0000-000000000000' };
  const about = { initiatedEventId: commandKey, workflowType, workflowExecution };
  return [
    {
      eventType: EventType.StartChildWorkflowExecutionInitiated,
      startChildWorkflowExecutionInitiatedEventAttributes: { workflowId, workflowType },
    },
    { eventType: EventType.ChildWorkflowExecutionStarted, childWorkflowExecutionStartedEventAttributes: about },
    {
      eventType: EventType.ChildWorkflowExecutionCompleted,
      childWorkflowExecutionCompletedEventAttributes: { ...about, result: payloads(result) },
    },
  ];
}

function signalEvents(intent: IntentOf<'signalExternal'>, initiatedEventId: number): HistoryEvent[] {
  const workflowExecution = { workflowId: intent.target.workflowId };
  return [
    {
      eventType: EventType.SignalExternalWorkflowExecutionInitiated,
      signalExternalWorkflowExecutionInitiatedEventAttributes: { signalName: intent.signalName, workflowExecution },
    },
    {
      eventType: EventType.ExternalWorkflowExecutionSignaled,
      externalWorkflowExecutionSignaledEventAttributes: { initiatedEventId, workflowExecution },
    },
  ];
}

function nexusEvents(intent: IntentOf<'scheduleNexusOperation'>, { commandKey, result }: Invention): HistoryEvent[] {
  const { endpoint, service, operation } = intent;
  return [
    {
      eventType: EventType.NexusOperationScheduled,
      nexusOperationScheduledEventAttributes: { endpoint, service, operation },
    },
    {
      eventType: EventType.NexusOperationCompleted,
      nexusOperationCompletedEventAttributes: { scheduledEventId: commandKey, result: payloads(result).payloads[0] },
    },
  ];
}

function payloads(result: InventedOutcome): { payloads: Payload[] } {
  const payload =
    result !== 'emptyObject'
      ? { metadata: { encoding: encode('binary/null') } }
      : { metadata: { encoding: encode('json/plain') }, data: encode('{}') };
  return { payloads: [payload] };
}

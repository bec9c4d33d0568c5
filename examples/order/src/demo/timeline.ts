import { defaultPayloadConverter } from '@reprise/client';
import { EventType } from '@reprise/proto';
import type { temporal } from '@reprise/proto';

type HistoryEvent = temporal.api.history.v1.HistoryEvent;
type Payloads = temporal.api.common.v1.Payloads;

/** The history of an order as lines that a person can read: when, and what happened. */
export function timeline(history: temporal.api.history.v1.History): string[] {
  const events = history.events ?? [];
  const byId = new Map(events.map((event) => [event.eventId ?? 0, event]));
  const startMs = timeMs(events[0]);
  return events.flatMap((event) => {
    const text = describe(event, byId);
    if (text === undefined) return [];
    const seconds = ((timeMs(event) - startMs) / 1_000).toFixed(2).padStart(6);
    return [`${seconds} s  ${text}`];
  });
}

function describe(event: HistoryEvent, byId: ReadonlyMap<number, HistoryEvent>): string | undefined {
  const activityOf = (scheduledEventId: number | null | undefined): string =>
    byId.get(scheduledEventId ?? 0)?.activityTaskScheduledEventAttributes?.activityType?.name ?? 'activity';
  switch (event.eventType) {
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
      return `order placed            ${values(event.workflowExecutionStartedEventAttributes?.input)}`;
    case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
      return `${activityOf(event.eventId).padEnd(13)} asked for ${values(event.activityTaskScheduledEventAttributes?.input)}`;
    case EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED: {
      const { attempt, scheduledEventId, lastFailure } = event.activityTaskStartedEventAttributes ?? {};
      const before = lastFailure ? `, after: ${lastFailure.message ?? ''}` : '';
      return `${activityOf(scheduledEventId).padEnd(13)} attempt ${String(attempt ?? 1)}${before}`;
    }
    case EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED: {
      const { scheduledEventId, result } = event.activityTaskCompletedEventAttributes ?? {};
      return `${activityOf(scheduledEventId).padEnd(13)} done      ${values(result)}`;
    }
    case EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED: {
      const { scheduledEventId, failure } = event.activityTaskFailedEventAttributes ?? {};
      return `${activityOf(scheduledEventId).padEnd(13)} failed    ${failure?.message ?? ''}`;
    }
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: {
      const { signalName, input } = event.workflowExecutionSignaledEventAttributes ?? {};
      return `signal        ${signalName ?? ''} ${values(input)}`;
    }
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: {
      const input = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
      return `update        ${input?.name ?? ''} ${values(input?.args)}`;
    }
    default:
      return describeEnding(event);
  }
}

function describeEnding(event: HistoryEvent): string | undefined {
  switch (event.eventType) {
    case EventType.EVENT_TYPE_TIMER_STARTED:
      return 'timer         started';
    case EventType.EVENT_TYPE_TIMER_FIRED:
      return 'timer         fired';
    case EventType.EVENT_TYPE_TIMER_CANCELED:
      return 'timer         cancelled';
    case EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT:
      return 'a worker was lost: its task goes to another';
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
      return `order shipped ${values(event.workflowExecutionCompletedEventAttributes?.result)}`;
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:
      return `order undone  ${event.workflowExecutionFailedEventAttributes?.failure?.message ?? ''}`;
    default:
      return undefined;
  }
}

function values(payloads: Payloads | null | undefined): string {
  const decoded = (payloads?.payloads ?? []).map((payload) => defaultPayloadConverter.fromPayload(payload));
  return decoded.map((value) => JSON.stringify(value)).join(', ');
}

function timeMs(event: HistoryEvent | undefined): number {
  return Number(event?.eventTime?.seconds ?? 0) * 1_000 + (event?.eventTime?.nanos ?? 0) / 1e6;
}

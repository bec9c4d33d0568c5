import { EventType, type temporal } from '@reprise/proto';

import { wireDurationText } from './durations.ts';
import { failureText } from './failure-text.ts';
import { payloadsText } from './payload-text.ts';
import { markerText } from './marker-text.ts';
import type { HistoryEvent, TimelineBuilder } from './timeline-row.ts';

type Reader = (event: HistoryEvent, timeline: TimelineBuilder) => void;
type Failure = temporal.api.failure.v1.Failure;

const E = EventType;

function closing(what: string, read: (event: HistoryEvent) => { detail?: string; isFailure?: boolean }): Reader {
  return (event, timeline) => {
    const { detail, isFailure } = read(event);
    const row = timeline.begin(event, what, detail);
    if (isFailure === true) row.isFailure = true;
  };
}

function failed(failure: Failure | null | undefined): { text: string; isFailure: true } {
  return { text: `failed: ${failureText(failure)}`, isFailure: true };
}

function completed(result: temporal.api.common.v1.Payloads | null | undefined): { text: string } {
  const value = payloadsText(result?.payloads);
  return { text: value === '' || value === 'undefined' ? 'done' : `-> ${value}` };
}

/** What each kind of event does to the timeline; kinds that are not here say nothing to a person. */
export const EVENT_READERS: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [
    E.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
    (event, timeline) => {
      const started = event.workflowExecutionStartedEventAttributes;
      timeline.begin(event, 'started', payloadsText(started?.input?.payloads));
    },
  ],
  [
    E.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
    closing('completed', (event) => ({
      detail: completed(event.workflowExecutionCompletedEventAttributes?.result).text,
    })),
  ],
  [
    E.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
    closing('failed', (event) => ({
      detail: failureText(event.workflowExecutionFailedEventAttributes?.failure),
      isFailure: true,
    })),
  ],
  [E.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT, closing('timed out', () => ({ isFailure: true }))],
  [E.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, closing('cancelled', () => ({}))],
  [
    E.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
    closing('terminated', (event) => ({
      detail: event.workflowExecutionTerminatedEventAttributes?.reason ?? '',
      isFailure: true,
    })),
  ],
  [
    E.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
    closing('continued as new', (event) => ({
      detail: payloadsText(event.workflowExecutionContinuedAsNewEventAttributes?.input?.payloads),
    })),
  ],
  [
    E.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
    (event, timeline) => {
      const signal = event.workflowExecutionSignaledEventAttributes;
      timeline.begin(event, `signal ${signal?.signalName ?? ''}`, payloadsText(signal?.input?.payloads));
    },
  ],
  [
    E.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
    (event, timeline) => {
      timeline.begin(event, 'cancellation asked', event.workflowExecutionCancelRequestedEventAttributes?.cause ?? '');
    },
  ],
  [
    E.EVENT_TYPE_WORKFLOW_TASK_FAILED,
    (event, timeline) => {
      const row = timeline.begin(
        event,
        'workflow task failed',
        failureText(event.workflowTaskFailedEventAttributes?.failure),
      );
      row.isFailure = true;
    },
  ],
  [
    E.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
    (event, timeline) => {
      timeline.begin(event, 'workflow task timed out').isFailure = true;
    },
  ],
  [
    E.EVENT_TYPE_TIMER_STARTED,
    (event, timeline) => {
      timeline.begin(event, `timer ${wireDurationText(event.timerStartedEventAttributes?.startToFireTimeout)}`);
    },
  ],
  [
    E.EVENT_TYPE_TIMER_FIRED,
    (event, timeline) => {
      timeline.end(event, event.timerFiredEventAttributes?.startedEventId, { text: 'fired' });
    },
  ],
  [
    E.EVENT_TYPE_TIMER_CANCELED,
    (event, timeline) => {
      timeline.end(event, event.timerCanceledEventAttributes?.startedEventId, { text: 'cancelled' });
    },
  ],
  [
    E.EVENT_TYPE_MARKER_RECORDED,
    (event, timeline) => {
      const marker = markerText(event.markerRecordedEventAttributes);
      timeline.begin(event, marker.what, marker.detail);
    },
  ],
  [
    E.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
    (event, timeline) => {
      const input = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
      timeline.begin(event, `update ${input?.name ?? ''}`, payloadsText(input?.args?.payloads));
    },
  ],
  [
    E.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
    (event, timeline) => {
      const update = event.workflowExecutionUpdateCompletedEventAttributes;
      const outcome = update?.outcome;
      timeline.end(
        event,
        update?.acceptedEventId,
        outcome?.failure ? failed(outcome.failure) : completed(outcome?.success),
      );
    },
  ],
  [
    E.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
    (event, timeline) => {
      const fields = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields ?? {};
      const text = Object.entries(fields).map(([name, payload]) => `${name} = ${payloadsText([payload])}`);
      timeline.begin(event, 'search attributes', text.join(', '));
    },
  ],
  [
    E.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
    (event, timeline) => {
      const fields = event.workflowPropertiesModifiedEventAttributes?.upsertedMemo?.fields ?? {};
      timeline.begin(event, 'memo', Object.keys(fields).join(', '));
    },
  ],
  [
    E.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
    (event, timeline) => {
      const activity = event.activityTaskScheduledEventAttributes;
      timeline.begin(event, `activity ${activity?.activityType?.name ?? ''}`, payloadsText(activity?.input?.payloads));
    },
  ],
  [
    E.EVENT_TYPE_ACTIVITY_TASK_STARTED,
    (event, timeline) => {
      const started = event.activityTaskStartedEventAttributes;
      const row = timeline.find(started?.scheduledEventId);
      if (row !== undefined && (started?.attempt ?? 1) > 1) row.attempts = started?.attempt ?? 1;
    },
  ],
  [
    E.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
    (event, timeline) => {
      const activity = event.activityTaskCompletedEventAttributes;
      timeline.end(event, activity?.scheduledEventId, completed(activity?.result));
    },
  ],
  [
    E.EVENT_TYPE_ACTIVITY_TASK_FAILED,
    (event, timeline) => {
      const activity = event.activityTaskFailedEventAttributes;
      timeline.end(event, activity?.scheduledEventId, failed(activity?.failure));
    },
  ],
  [
    E.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
    (event, timeline) => {
      const activity = event.activityTaskTimedOutEventAttributes;
      timeline.end(event, activity?.scheduledEventId, failed(activity?.failure));
    },
  ],
  [
    E.EVENT_TYPE_ACTIVITY_TASK_CANCELED,
    (event, timeline) => {
      timeline.end(event, event.activityTaskCanceledEventAttributes?.scheduledEventId, { text: 'cancelled' });
    },
  ],
  [
    E.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
    (event, timeline) => {
      const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
      timeline.begin(event, `child ${child?.workflowType?.name ?? ''}`, payloadsText(child?.input?.payloads));
    },
  ],
  [
    E.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED,
    (event, timeline) => {
      const child = event.startChildWorkflowExecutionFailedEventAttributes;
      timeline.end(event, child?.initiatedEventId, {
        text: `not started: id ${child?.workflowId} is taken`,
        isFailure: true,
      });
    },
  ],
  [
    E.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED,
    (event, timeline) => {
      const child = event.childWorkflowExecutionCompletedEventAttributes;
      timeline.end(event, child?.initiatedEventId, completed(child?.result));
    },
  ],
  [
    E.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED,
    (event, timeline) => {
      const child = event.childWorkflowExecutionFailedEventAttributes;
      timeline.end(event, child?.initiatedEventId, failed(child?.failure));
    },
  ],
  [
    E.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED,
    (event, timeline) => {
      timeline.end(event, event.childWorkflowExecutionCanceledEventAttributes?.initiatedEventId, { text: 'cancelled' });
    },
  ],
  [
    E.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TIMED_OUT,
    (event, timeline) => {
      const child = event.childWorkflowExecutionTimedOutEventAttributes;
      timeline.end(event, child?.initiatedEventId, { text: 'timed out', isFailure: true });
    },
  ],
  [
    E.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TERMINATED,
    (event, timeline) => {
      const child = event.childWorkflowExecutionTerminatedEventAttributes;
      timeline.end(event, child?.initiatedEventId, { text: 'terminated', isFailure: true });
    },
  ],
  [
    E.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
    (event, timeline) => {
      const signal = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
      timeline.begin(event, `signals ${signal?.signalName ?? ''}`, `to ${signal?.workflowExecution?.workflowId ?? ''}`);
    },
  ],
  [
    E.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED,
    (event, timeline) => {
      timeline.end(event, event.externalWorkflowExecutionSignaledEventAttributes?.initiatedEventId, {
        text: 'delivered',
      });
    },
  ],
  [
    E.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
    (event, timeline) => {
      const signal = event.signalExternalWorkflowExecutionFailedEventAttributes;
      timeline.end(event, signal?.initiatedEventId, { text: 'not delivered', isFailure: true });
    },
  ],
  [
    E.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
    (event, timeline) => {
      const cancel = event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes;
      timeline.begin(event, 'cancels', cancel?.workflowExecution?.workflowId ?? '');
    },
  ],
  [
    E.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
    (event, timeline) => {
      const cancel = event.externalWorkflowExecutionCancelRequestedEventAttributes;
      timeline.end(event, cancel?.initiatedEventId, { text: 'asked' });
    },
  ],
  [
    E.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
    (event, timeline) => {
      const cancel = event.requestCancelExternalWorkflowExecutionFailedEventAttributes;
      timeline.end(event, cancel?.initiatedEventId, { text: 'not found', isFailure: true });
    },
  ],
  [
    E.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
    (event, timeline) => {
      const nexus = event.nexusOperationScheduledEventAttributes;
      timeline.begin(
        event,
        `nexus ${nexus?.service ?? ''}.${nexus?.operation ?? ''}`,
        payloadsText(nexus?.input ? [nexus.input] : []),
      );
    },
  ],
  [
    E.EVENT_TYPE_NEXUS_OPERATION_COMPLETED,
    (event, timeline) => {
      const nexus = event.nexusOperationCompletedEventAttributes;
      timeline.end(event, nexus?.scheduledEventId, completed(nexus?.result ? { payloads: [nexus.result] } : undefined));
    },
  ],
  [
    E.EVENT_TYPE_NEXUS_OPERATION_FAILED,
    (event, timeline) => {
      const nexus = event.nexusOperationFailedEventAttributes;
      timeline.end(event, nexus?.scheduledEventId, failed(nexus?.failure));
    },
  ],
]);

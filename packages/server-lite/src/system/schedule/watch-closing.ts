import { EventType, HistoryEventFilterType, type temporal, WorkflowExecutionStatus } from '@reprise/proto';
import type { InternalCall } from '../internal-calls.ts';
import type { Closed } from './decide-schedule.ts';

type HistoryEvent = temporal.api.history.v1.HistoryEvent;
const longPollMs = 60_000;

/** What a closing event says; a run id when the workflow goes on as another run. */
function readClosing(event: HistoryEvent): Omit<Closed, 'workflowId' | 'runId'> | { readonly nextRunId: string } {
  const completed = event.workflowExecutionCompletedEventAttributes;
  const failed = event.workflowExecutionFailedEventAttributes;
  const timedOut = event.workflowExecutionTimedOutEventAttributes;
  const nextRunId =
    event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ||
    completed?.newExecutionRunId ||
    failed?.newExecutionRunId ||
    timedOut?.newExecutionRunId;
  if (nextRunId) return { nextRunId };
  if (completed) {
    return {
      status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
      result: completed.result ?? undefined,
    };
  }
  if (failed) {
    return { status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED, failure: failed.failure ?? undefined };
  }
  if (timedOut) return { status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT };
  return event.eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED
    ? { status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED }
    : { status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED };
}

/** Waits for the end of a chain of runs; undefined when asked to stop, or when the run is gone. */
export async function watchClosing(
  call: InternalCall,
  execution: { namespace: string; workflowId: string; runId: string },
  signal: AbortSignal,
): Promise<Closed | undefined> {
  let runId = execution.runId;
  let nextPageToken: Uint8Array = new Uint8Array();
  while (!signal.aborted) {
    const response = await call(
      'getWorkflowExecutionHistory',
      {
        namespace: execution.namespace,
        execution: { workflowId: execution.workflowId, runId },
        waitNewEvent: true,
        historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
        nextPageToken,
      },
      { deadlineMs: Date.now() + longPollMs, signal },
    ).catch(() => undefined);
    if (!response) return undefined;
    nextPageToken = response.nextPageToken ?? new Uint8Array();
    const last = response.history?.events?.at(-1);
    if (!last) continue;
    const closing = readClosing(last);
    if (!('nextRunId' in closing)) return { workflowId: execution.workflowId, runId: execution.runId, ...closing };
    runId = closing.nextRunId;
    nextPageToken = new Uint8Array();
  }
  return undefined;
}

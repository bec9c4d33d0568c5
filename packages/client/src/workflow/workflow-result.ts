import { CancelledFailure, TerminatedFailure, TimeoutFailure, TimeoutType, decodeRetryState } from '@reprise/common';
import { EventType, HistoryEventFilterType } from '@reprise/proto';
import type { PayloadTypeInfo } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { WorkflowContinuedAsNewError, WorkflowFailedError, withoutStack } from '../errors.ts';
import { calling } from './workflow-scope.ts';
import type { WorkflowScope } from './workflow-scope.ts';

type HistoryEvent = temporal.api.history.v1.HistoryEvent;

/** How to wait for a result. */
export interface WorkflowResultOptions {
  /** Whether to go on with the next run after continue-as-new, a retry or a cron run; true by default. */
  followRuns?: boolean;
  /** What is declared of the type of the result. */
  typeInfo?: PayloadTypeInfo;
}

/** How a run ended: with a value, with an error, or by going on in another run. */
type Ending = { readonly result: unknown } | { readonly error: Error } | { readonly nextRunId: string };

/** Waits until a workflow closes, and gives its result. */
export async function awaitResult(
  scope: WorkflowScope,
  workflowId: string,
  runId: string | undefined,
  options: WorkflowResultOptions = {},
): Promise<unknown> {
  const followRuns = options.followRuns ?? true;
  for (let currentRunId = runId; ;) {
    const event = await awaitCloseEvent(scope, workflowId, currentRunId);
    const ending = await readEnding(scope, event, { ...options, followRuns });
    if ('error' in ending) throw ending.error;
    if ('result' in ending) return ending.result;
    currentRunId = ending.nextRunId;
  }
}

async function awaitCloseEvent(
  scope: WorkflowScope,
  workflowId: string,
  runId: string | undefined,
): Promise<HistoryEvent> {
  let nextPageToken: Uint8Array | undefined;
  for (;;) {
    const response = await calling(
      scope,
      { action: 'Failed to get Workflow execution history', workflowId, runId },
      () =>
        scope.service.getWorkflowExecutionHistory({
          namespace: scope.namespace,
          execution: { workflowId, ...(runId !== undefined && { runId }) },
          skipArchival: true,
          waitNewEvent: true,
          historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
          ...(nextPageToken !== undefined && { nextPageToken }),
        }),
    );
    const event = response.history?.events?.at(-1);
    if (event !== undefined) return event;
    nextPageToken = response.nextPageToken ?? undefined;
  }
}

async function readEnding(scope: WorkflowScope, event: HistoryEvent, options: WorkflowResultOptions): Promise<Ending> {
  const nextRunId = newRunId(event);
  const continuedAsNew = event.eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW;
  if (nextRunId !== undefined && options.followRuns === true) return { nextRunId };
  if (continuedAsNew) {
    return { error: new WorkflowContinuedAsNewError('Workflow execution continued as new', nextRunId ?? '') };
  }
  const completed = event.workflowExecutionCompletedEventAttributes;
  if (completed) return { result: await scope.converter.decodeFirst(completed.result, options.typeInfo?.outputType) };
  return { error: await readFailure(scope, event) };
}

function newRunId(event: HistoryEvent): string | undefined {
  const attributes =
    event.workflowExecutionCompletedEventAttributes ??
    event.workflowExecutionFailedEventAttributes ??
    event.workflowExecutionTimedOutEventAttributes ??
    event.workflowExecutionContinuedAsNewEventAttributes;
  return attributes?.newExecutionRunId || undefined;
}

async function readFailure({ converter }: WorkflowScope, event: HistoryEvent): Promise<WorkflowFailedError> {
  const failed = event.workflowExecutionFailedEventAttributes;
  if (failed) {
    const cause = failed.failure ? await converter.decodeFailure(failed.failure) : undefined;
    const retryState = decodeRetryState(failed.retryState) ?? 'NON_RETRYABLE_FAILURE';
    return new WorkflowFailedError('Workflow execution failed', cause, retryState);
  }
  const canceled = event.workflowExecutionCanceledEventAttributes;
  if (canceled) {
    const failure = withoutStack(
      new CancelledFailure('Workflow canceled', await converter.decodeAll(canceled.details)),
    );
    return new WorkflowFailedError('Workflow execution cancelled', failure, 'NON_RETRYABLE_FAILURE');
  }
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  if (terminated) {
    const message = terminated.reason || 'Workflow execution terminated';
    return new WorkflowFailedError(message, withoutStack(new TerminatedFailure(message)), 'NON_RETRYABLE_FAILURE');
  }
  const timedOut = event.workflowExecutionTimedOutEventAttributes;
  if (timedOut) {
    const failure = new TimeoutFailure('Workflow execution timed out', undefined, TimeoutType.START_TO_CLOSE);
    return new WorkflowFailedError(
      'Workflow execution timed out',
      withoutStack(failure),
      decodeRetryState(timedOut.retryState) ?? 'TIMEOUT',
    );
  }
  throw new TypeError(
    `Expected the event that closes a workflow, but found event ${String(event.eventId)} of type ${String(event.eventType)}`,
  );
}

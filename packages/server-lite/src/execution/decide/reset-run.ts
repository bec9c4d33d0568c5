/** A new run that goes on from a point in the history of another. */
import { EventType, UpdateAdmittedEventOrigin, WorkflowTaskFailedCause } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { type AttributesOf, eventKinds } from '../event-kinds.ts';
import type { AttachedRequest } from '../execution.ts';
import type { Transition } from '../transition.ts';
import type { HistoryEvent } from '../wire.ts';
import { failWorkflowTask } from './fail-workflow-task.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';
import { startWorkflowTask } from './start-workflow-task.ts';

export interface Reset {
  /** All that the base run has, in the batches in which it is stored. */
  readonly batches: readonly (readonly HistoryEvent[])[];
  /** The event that ends the workflow task that is done over. */
  readonly finishEventId: number;
  /** Stored bytes of the events before it. */
  readonly prefixBytes: number;
  readonly reason: string;
  readonly baseRunId: string;
  /** Where the base run itself went on from others. */
  readonly forks: readonly number[];
  /** Requests that the base run has answered, by id. */
  readonly requests: ReadonlyMap<string, AttachedRequest>;
  /** What came later, and is applied again. */
  readonly later: readonly HistoryEvent[];
  /** What the request changes in the new run. */
  readonly after: (t: Transition) => void;
}

/** @throws ServiceError INVALID_ARGUMENT when history has no such event */
export function checkFinish(events: readonly HistoryEvent[], finishEventId: number): void {
  const last = events.at(-1)?.eventId ?? 0;
  if (finishEventId <= 1 || finishEventId > last) {
    throw invalidArgument('Workflow task finish ID must be > 1 && <= workflow last event ID.');
  }
}

/**
 * A run goes on from whole batches, and from where a workflow task was under way.
 *
 * @throws ServiceError INVALID_ARGUMENT
 */
export function checkResetPoint(batches: readonly (readonly HistoryEvent[])[], finishEventId: number): void {
  const lastEventId = finishEventId - 1;
  if (!batches.some((events) => events.at(-1)?.eventId === lastEventId)) {
    throw invalidArgument(
      `StateRebuilder unable to Rebuild mutable state to event ID: ${lastEventId}, version: 0, this event must be at the boundary`,
    );
  }
  const before = batches.flat().filter(({ eventId }) => (eventId ?? 0) < finishEventId);
  const lastOfTask = before.findLast(({ eventType }) => taskEvents.has(eventType ?? 0));
  if (lastOfTask && pendingTaskEvents.has(lastOfTask.eventType ?? 0)) return;
  throw invalidArgument(
    `Can only reset workflow to event ID in range [WorkflowTaskScheduled +1, WorkflowTaskStarted + 1]: ${finishEventId}`,
  );
}

const pendingTaskEvents: ReadonlySet<number> = new Set<number>([
  EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
]);

const taskEvents: ReadonlySet<number> = new Set<number>([
  ...pendingTaskEvents,
  EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
]);

export function resetRun(t: Transition, reset: Reset): void {
  for (const events of reset.batches) {
    const earlier = events.filter(({ eventId }) => (eventId ?? 0) < reset.finishEventId);
    if (earlier.length > 0) t.copy(earlier);
  }
  if (t.execution.task?.kind === 'scheduled') {
    startWorkflowTask(t, { requestId: 'emptyUuid', identity: 'history-service', historySizeBytes: reset.prefixBytes });
    t.newBatch();
  }
  failWorkflowTask(t, {
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
    failure: { message: reset.reason, resetWorkflowFailureInfo: {} },
    identity: 'history-service',
    reset: { baseRunId: reset.baseRunId, newRunId: t.execution.run.runId },
  });
  t.note({ kind: 'taskDropped' });
  const forks = [...reset.forks.filter((fork) => fork < reset.finishEventId), reset.finishEventId];
  t.note({ kind: 'originalStart', timeMs: t.nowMs, forks });
  for (const [requestId, { eventId, eventType }] of reset.requests) {
    if (eventId < reset.finishEventId) t.note({ kind: 'requestSeen', requestId, eventId, eventType });
  }
  for (const event of reset.later) applyAgain(t, event);
  reset.after(t);
  scheduleWorkflowTask(t);
}

function applyAgain(t: Transition, event: HistoryEvent): void {
  const extras = { links: event.links };
  const accepted = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
  const admitted = event.workflowExecutionUpdateAdmittedEventAttributes?.request;
  const request = accepted ?? admitted;
  const origin = UpdateAdmittedEventOrigin.UPDATE_ADMITTED_EVENT_ORIGIN_REAPPLY;
  if (event.workflowExecutionSignaledEventAttributes)
    t.record('signaled', event.workflowExecutionSignaledEventAttributes, extras);
  else if (request && !t.execution.updates.has(request.meta?.updateId ?? ''))
    t.record('updateAdmitted', { request, origin });
  else if (event.workflowExecutionOptionsUpdatedEventAttributes) {
    t.record('optionsUpdated', event.workflowExecutionOptionsUpdatedEventAttributes, {
      ...extras,
      workerMayIgnore: true,
    });
  } else if (!request) applyChildAgain(t, event);
}

const childEvents = [
  'childStartFailed',
  'childStarted',
  'childCompleted',
  'childFailed',
  'childCanceled',
  'childTimedOut',
  'childTerminated',
] as const;

/** What became of a child that the new run has begun too. */
function applyChildAgain(t: Transition, event: HistoryEvent): void {
  for (const name of childEvents) {
    const attributes = event[eventKinds[name].field] as AttributesOf<typeof name> | undefined;
    const child = t.execution.children.get(attributes?.initiatedEventId ?? 0);
    if (!attributes || !child || (name === 'childStarted' && child.started)) continue;
    t.record(
      name,
      'startedEventId' in attributes ? { ...attributes, startedEventId: child.startedEventId } : attributes,
    );
  }
}

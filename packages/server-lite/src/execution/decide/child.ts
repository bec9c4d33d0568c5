/** What a parent learns of its children. */
import type { StartChildWorkflowExecutionFailedCause } from '@reprise/proto';
import type { Child } from '../related.ts';
import { isRunning } from '../execution.ts';
import type { Transition } from '../transition.ts';
import type { HistoryEvent, WorkflowExecution } from '../wire.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

function shared(child: Child) {
  return {
    namespace: child.attributes.namespace ?? '',
    namespaceId: child.attributes.namespaceId ?? '',
    initiatedEventId: child.initiatedEventId,
    workflowType: child.attributes.workflowType ?? {},
  };
}

export function childStarted(t: Transition, initiatedEventId: number, runId: string): void {
  const child = t.execution.children.get(initiatedEventId);
  if (!child || child.started || !isRunning(t.execution)) return;
  const { header, workflowId } = child.attributes;
  t.record('childStarted', {
    ...shared(child),
    workflowExecution: { workflowId: workflowId ?? '', runId },
    ...(header ? { header } : {}),
  });
  scheduleWorkflowTask(t);
}

export function childStartFailed(
  t: Transition,
  initiatedEventId: number,
  cause: StartChildWorkflowExecutionFailedCause,
): void {
  const child = t.execution.children.get(initiatedEventId);
  if (!child || child.started || !isRunning(t.execution)) return;
  t.record('childStartFailed', {
    ...shared(child),
    workflowId: child.attributes.workflowId ?? '',
    cause,
    control: child.attributes.control ?? '',
  });
  scheduleWorkflowTask(t);
}

/** The parent has recorded that the child started: its first workflow task need not wait any longer. */
export function releaseChild(t: Transition): void {
  if (!t.execution.awaitsParent || !isRunning(t.execution)) return;
  t.note({ kind: 'childReleased' });
  if (t.execution.backoffUntilMs === undefined) scheduleWorkflowTask(t);
}

/** @param close the last event of the child's last run */
export function childClosed(
  t: Transition,
  options: { initiatedEventId: number; workflowExecution: WorkflowExecution; close: HistoryEvent },
): void {
  const { initiatedEventId, workflowExecution, close } = options;
  const child = t.execution.children.get(initiatedEventId);
  if (!child || !isRunning(t.execution)) return;
  if (!child.started) childStarted(t, initiatedEventId, workflowExecution.runId ?? '');
  const current = t.execution.children.get(initiatedEventId) ?? child;
  const base = { ...shared(current), workflowExecution, startedEventId: current.startedEventId };
  const completed = close.workflowExecutionCompletedEventAttributes;
  const failed = close.workflowExecutionFailedEventAttributes;
  const canceled = close.workflowExecutionCanceledEventAttributes;
  const timedOut = close.workflowExecutionTimedOutEventAttributes;
  if (completed) t.record('childCompleted', { ...base, ...(completed.result ? { result: completed.result } : {}) });
  else if (failed) t.record('childFailed', { ...base, failure: failed.failure, retryState: failed.retryState });
  else if (canceled) t.record('childCanceled', { ...base, ...(canceled.details ? { details: canceled.details } : {}) });
  else if (timedOut) t.record('childTimedOut', { ...base, retryState: timedOut.retryState });
  else t.record('childTerminated', base);
  scheduleWorkflowTask(t);
}

/** What a run learns of the signals and cancel requests that it has sent to others. */
import {
  CancelExternalWorkflowExecutionFailedCause,
  type SignalExternalWorkflowExecutionFailedCause,
} from '@reprise/proto';
import { isRunning } from '../execution.ts';
import type { Transition } from '../transition.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

/** @param refused why the other run did not take the signal; undefined when it did */
export function signalAnswered(
  t: Transition,
  initiatedEventId: number,
  refused: SignalExternalWorkflowExecutionFailedCause | undefined,
): void {
  const outgoing = t.execution.outgoingSignals.get(initiatedEventId);
  if (!outgoing || !isRunning(t.execution)) return;
  const { namespaceId, workflowExecution, control } = outgoing.attributes;
  const { namespace } = t.execution.run;
  const shared = { initiatedEventId, namespace, namespaceId, workflowExecution, control };
  if (refused === undefined) t.record('externalSignaled', shared);
  else t.record('signalExternalFailed', { ...shared, cause: refused });
  scheduleWorkflowTask(t);
}

/** @param wasFound whether there was a run to cancel */
export function cancelAnswered(t: Transition, initiatedEventId: number, { wasFound }: { wasFound: boolean }): void {
  const outgoing = t.execution.outgoingCancels.get(initiatedEventId);
  if (!outgoing || !isRunning(t.execution)) return;
  const { namespaceId, workflowExecution } = outgoing.attributes;
  const shared = { initiatedEventId, namespace: t.execution.run.namespace, namespaceId, workflowExecution };
  if (wasFound) t.record('externalCancelRequested', shared);
  else {
    const cause =
      CancelExternalWorkflowExecutionFailedCause.CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND;
    t.record('cancelExternalFailed', { ...shared, cause });
  }
  scheduleWorkflowTask(t);
}

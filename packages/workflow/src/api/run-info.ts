import { maybeCurrentRun, requireRun } from '../run/current-run.ts';
import { uuidFrom } from '../run/alea.ts';
import { nextRandom } from '../run/globals.ts';
import { workflowInfoOf } from '../run/workflow-info-of.ts';
import type { WorkflowInfo } from '../run/workflow-info.ts';

/**
 * What is known of the current run.
 *
 * @throws IllegalStateError outside workflow code
 */
export function workflowInfo(): WorkflowInfo {
  return workflowInfoOf(requireRun('Workflow.workflowInfo(...) may only be used from a Workflow Execution.'));
}

/** A random UUID of version 4: in workflow code one that replay repeats, elsewhere any. */
export function uuid4(): string {
  const run = maybeCurrentRun();
  return uuidFrom(run === undefined ? Math.random : () => nextRandom(run));
}

/** Free text about where the workflow stands, shown by the metadata query. */
export function getCurrentDetails(): string {
  return requireRun('getCurrentDetails() may only be used from a Workflow Execution.').currentDetails;
}

/** Sets the free text about where the workflow stands. */
export function setCurrentDetails(details: string): void {
  requireRun('setCurrentDetails() may only be used from a Workflow Execution.').currentDetails = details;
}

/** True in workflow code, false anywhere else. */
export function inWorkflowContext(): boolean {
  return maybeCurrentRun() !== undefined;
}

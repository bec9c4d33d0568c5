/** Whether a workflow id may be used for another run. */
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@reprise/proto';
import { workflowAlreadyStarted } from '../errors.ts';
import { terminateRun } from './decide/close-run.ts';
import { type Execution, isRunning } from './execution.ts';
import type { NewRun } from './new-run.ts';
import type { RunRef } from './run-ref.ts';
import type { Transition } from './transition.ts';

export interface StartWish {
  readonly newRun: NewRun;
  /** WorkflowIdReusePolicy. */
  readonly reusePolicy: number;
  /** WorkflowIdConflictPolicy. */
  readonly conflictPolicy: number;
}

/** The part of the engine that it takes to make room. */
export interface Runs {
  read(run: RunRef): Execution;
  transact<Result>(run: RunRef, decide: (t: Transition) => Result): Result;
}

interface Current extends RunRef {
  readonly createRequestId: string;
}

const encoder = new TextEncoder();
const completedStatus = 2;
const continuedStatus = 6;

/**
 * Makes room for the new run, or says that the current one is to be used instead.
 *
 * @returns the run that answers the request already, or undefined: then the new one may be created
 * @throws ServiceError ALREADY_EXISTS
 */
export function admitStart(runs: Runs, current: Current | undefined, wish: StartWish): Current | undefined {
  if (!current) return undefined;
  const execution = runs.read(current);
  const { WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING: terminateIfRunning } = WorkflowIdReusePolicy;
  const detail = { startRequestId: current.createRequestId, runId: current.runId };
  const named = `WorkflowId: ${current.workflowId}, RunId: ${current.runId}.`;
  if (isRunning(execution)) {
    const { conflictPolicy } = wish;
    if (conflictPolicy === WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING) return current;
    const terminates =
      conflictPolicy === WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING ||
      wish.reusePolicy === terminateIfRunning;
    if (!terminates) throw workflowAlreadyStarted(`Workflow execution is already running. ${named}`, detail);
    runs.transact(current, (t) =>
      terminateRun(t, {
        reason: 'TerminateIfRunning WorkflowIdReusePolicy',
        details: {
          payloads: [
            {
              metadata: { encoding: encoder.encode('json/plain') },
              data: encoder.encode(JSON.stringify(`terminated by new runID: ${wish.newRun.run.runId}`)),
            },
          ],
        },
        identity: 'history-service',
      }),
    );
    return undefined;
  }
  if (wish.reusePolicy === WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE) {
    throw workflowAlreadyStarted(
      `Workflow execution already finished. ${named} Workflow Id reuse policy: reject duplicate workflow Id.`,
      detail,
    );
  }
  const isFailedOnly = wish.reusePolicy === WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY;
  if (isFailedOnly && (execution.status === completedStatus || execution.status === continuedStatus)) {
    throw workflowAlreadyStarted(
      `Workflow execution already finished successfully. ${named} Workflow Id reuse policy: allow duplicate workflow Id if last run failed.`,
      detail,
    );
  }
  return undefined;
}

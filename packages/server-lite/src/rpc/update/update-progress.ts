/** How far an update has come, and waiting until it has come far enough. */
import { type temporal, UpdateWorkflowExecutionLifecycleStage } from '@reprise/proto';
import { notFound, resourceExhausted, type ServiceError, workflowNotReady } from '../../errors.ts';
import { isRunning } from '../../execution/execution.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import type { RpcContext } from '../rpc.ts';

const abortedByClosing = 'workflow update was aborted by closing workflow';

/** The workflow closed before it took the update. */
export const wasAbortedByClosing = (error: ServiceError): boolean => error.message === abortedByClosing;

type Outcome = temporal.api.update.v1.Outcome;

export interface Progress {
  readonly stage: UpdateWorkflowExecutionLifecycleStage;
  readonly outcome?: Outcome;
}

const {
  UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED: admitted,
  UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED: accepted,
  UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED: completed,
} = UpdateWorkflowExecutionLifecycleStage;

const busyWorkflow = 5;

const leftOpen: Outcome = {
  failure: {
    message: 'Workflow Update failed because the Workflow completed before the Update completed.',
    source: 'Server',
    applicationFailureInfo: { type: 'AcceptedUpdateCompletedWorkflow', nonRetryable: true },
  },
};

/** @throws ServiceError NOT_FOUND when nobody knows the update, or its workflow closed before it was accepted */
export function updateProgress(ctx: RpcContext, run: RunRef, updateId: string): Progress {
  const end = ctx.system.updates.endOf(run, updateId);
  if (end?.kind === 'rejected') return { stage: completed, outcome: { failure: end.failure } };
  if (end) {
    throw workflowNotReady('Unable to perform workflow execution update due to unexpected workflow task failure.');
  }
  const execution = ctx.engine.read(run);
  const update = execution.updates.get(updateId);
  if (!update) throw notFound(`update "${updateId}" not found`);
  if (update.state === 'completed') return { stage: completed, ...(update.outcome ? { outcome: update.outcome } : {}) };
  if (update.state === 'accepted')
    return isRunning(execution) ? { stage: accepted } : { stage: completed, outcome: leftOpen };
  if (isRunning(execution)) return { stage: admitted };
  if (execution.closed?.newRunId) {
    throw resourceExhausted('workflow operation can not be applied because workflow is closing', {
      cause: busyWorkflow,
    });
  }
  throw notFound(abortedByClosing);
}

/** Waits for the stage as long as the server lets anybody wait, and says how far it came. */
export async function untilStage(
  ctx: RpcContext,
  where: { run: RunRef; updateId: string; stage: UpdateWorkflowExecutionLifecycleStage },
): Promise<Progress> {
  const { run, updateId, stage } = where;
  const deadlineMs = Date.now() + ctx.config.get('history.longPollExpirationInterval');
  const { signal } = ctx.call;
  for (;;) {
    const progress = updateProgress(ctx, run, updateId);
    if (progress.stage >= stage || stage > completed) return progress;
    if (!(await ctx.engine.waiters.changed(run.key, { deadlineMs, signal }))) return progress;
  }
}

export const requestedStage = (
  policy: temporal.api.update.v1.WaitPolicy | null | undefined,
): UpdateWorkflowExecutionLifecycleStage => policy?.lifecycleStage || completed;

import { invalidArgument, notFound } from '../../errors.ts';
import { requestRun } from '../request-run.ts';
import type { WorkflowHandler } from '../rpc.ts';
import { untilStage } from './update-progress.ts';
import { isUuid } from '../../execution/uuid-text.ts';

export const pollWorkflowExecutionUpdate: WorkflowHandler<'pollWorkflowExecutionUpdate'> = async (request, ctx) => {
  if (!request.updateRef) throw invalidArgument('UpdateRef is not set on request.');
  const { workflowId, runId } = request.updateRef.workflowExecution ?? {};
  if (!workflowId) throw invalidArgument("Can't load workflow execution. WorkflowId not set.");
  if (runId && !isUuid(runId)) throw invalidArgument('RunId is not valid UUID.');
  const run = requestRun(ctx, { workflowId, runId });
  const updateId = request.updateRef.updateId ?? '';
  // Who did not wait for it has no business with one that is gone.
  if (!ctx.engine.read(run).updates.has(updateId)) throw notFound(`update ${JSON.stringify(updateId)} not found`);
  const stage = request.waitPolicy?.lifecycleStage ?? 0;
  const progress = await untilStage(ctx, { run, updateId, stage });
  return {
    stage: progress.stage,
    updateRef: { workflowExecution: { workflowId: run.workflowId, runId: run.runId }, updateId },
    ...(progress.outcome ? { outcome: progress.outcome } : {}),
  };
};

import { invalidArgument } from '../errors.ts';
import { requestRun } from './request-run.ts';
import type { WorkflowHandler } from './rpc.ts';
import { untilStage } from './update-progress.ts';

export const pollWorkflowExecutionUpdate: WorkflowHandler<'pollWorkflowExecutionUpdate'> = async (request, ctx) => {
  if (!request.updateRef) throw invalidArgument('UpdateRef is not set on request.');
  const run = requestRun(ctx, request.updateRef.workflowExecution);
  const updateId = request.updateRef.updateId ?? '';
  const stage = request.waitPolicy?.lifecycleStage ?? 0;
  const progress = await untilStage(ctx, { run, updateId, stage });
  return {
    stage: progress.stage,
    updateRef: { workflowExecution: { workflowId: run.workflowId, runId: run.runId }, updateId },
    ...(progress.outcome ? { outcome: progress.outcome } : {}),
  };
};

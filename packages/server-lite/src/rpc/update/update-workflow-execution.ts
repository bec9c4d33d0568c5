import type { temporal } from '@reprise/proto';
import { notFound } from '../../errors.ts';
import { admitUpdate } from '../../execution/decide/admit-update.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import { checkExecution, requestRun } from '../request-run.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';
import { requestedStage, untilStage } from './update-progress.ts';
import { checkUpdate } from './update-request.ts';

type Response = temporal.api.workflowservice.v1.UpdateWorkflowExecutionResponse;

export const updateWorkflowExecution: WorkflowHandler<'updateWorkflowExecution'> = async (request, ctx) => {
  checkExecution(request.workflowExecution);
  const { updateId, update } = checkUpdate(ctx, request);
  const run = requestRun(ctx, request.workflowExecution);
  const { firstExecutionRunId } = request;
  if (firstExecutionRunId && ctx.engine.read(run).started.firstExecutionRunId !== firstExecutionRunId) {
    throw notFound('workflow execution not found');
  }
  await ctx.engine.commit(() => admitNow(ctx, run, { updateId, update }));
  return await updateResponse(ctx, { run, updateId, stage: requestedStage(request.waitPolicy) });
};

/** Admits it, if this is the first that is heard of it. */
export function admitNow(
  ctx: RpcContext,
  run: RunRef,
  { updateId, update }: { updateId: string; update: temporal.api.update.v1.Request },
): void {
  const isKnown = ctx.engine.read(run).updates.has(updateId);
  if (!isKnown) ctx.system.updates.forget(run, updateId);
  ctx.engine.transact(run, (t) => admitUpdate(t, updateId, update));
}

export async function updateResponse(ctx: RpcContext, where: Parameters<typeof untilStage>[1]): Promise<Response> {
  const { run, updateId } = where;
  const { stage, outcome } = await untilStage(ctx, where);
  return {
    updateRef: { workflowExecution: { workflowId: run.workflowId, runId: run.runId }, updateId },
    stage,
    ...(outcome ? { outcome } : {}),
  };
}

import { terminateRun } from '../../execution/decide/close-run.ts';
import { isRunning } from '../../execution/execution.ts';
import { requestRun } from '../request-run.ts';
import type { WorkflowHandler } from '../rpc.ts';

/** One that still runs is terminated first, so that its parent and its callers hear of it. */
export const deleteWorkflowExecution: WorkflowHandler<'deleteWorkflowExecution'> = async (request, ctx) => {
  const run = requestRun(ctx, request.workflowExecution);
  if (isRunning(ctx.engine.read(run))) {
    await ctx.engine.commit(() =>
      ctx.engine.transact(run, (t) => {
        if (isRunning(t.execution))
          terminateRun(t, { reason: 'Delete workflow execution', identity: 'history-service' });
      }),
    );
  }
  await ctx.engine.commit(() => ctx.engine.delete(run));
  return {};
};

import { terminateRun } from '../execution/decide/close-run.ts';
import { requireOpen } from '../execution/decide/signal.ts';
import { requestRun } from './request-run.ts';
import type { WorkflowHandler } from './rpc.ts';

export const terminateWorkflowExecution: WorkflowHandler<'terminateWorkflowExecution'> = async (request, ctx) => {
  const run = requestRun(ctx, request.workflowExecution, request.firstExecutionRunId);
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      requireOpen(t);
      terminateRun(t, {
        reason: request.reason || 'defaultUserTerminateReason',
        details: request.details,
        identity: request.identity || 'defaultUserTerminateIdentity',
        links: request.links,
      });
    }),
  );
  return {};
};

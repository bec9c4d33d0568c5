import { terminateRun } from '../../execution/decide/close-run.ts';
import { requireOpen } from '../../execution/decide/signal.ts';
import { checkLinks } from './check-links.ts';
import { checkExecution, openRun } from '../request-run.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const terminateWorkflowExecution: WorkflowHandler<'terminateWorkflowExecution'> = async (request, ctx) => {
  checkExecution(request.workflowExecution);
  checkLinks(ctx, request.links);
  const run = openRun(ctx, request);
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      requireOpen(t);
      terminateRun(t, {
        reason: request.reason || 'terminated by user via frontend',
        details: request.details,
        identity: request.identity || 'frontend-service',
        links: request.links,
      });
    }),
  );
  return {};
};

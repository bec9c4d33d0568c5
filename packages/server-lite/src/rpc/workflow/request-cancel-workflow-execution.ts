import { requestCancel } from '../../execution/decide/request-cancel.ts';
import { checkLinks } from './check-links.ts';
import { checkExecution, openRun } from '../request-run.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const requestCancelWorkflowExecution: WorkflowHandler<'requestCancelWorkflowExecution'> = async (
  request,
  ctx,
) => {
  checkExecution(request.workflowExecution);
  checkLinks(ctx, request.links);
  const run = openRun(ctx, request);
  const { reason, identity, links } = request;
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) =>
      requestCancel(t, {
        requestId: request.requestId ?? '',
        links,
        attributes: { ...(reason ? { cause: reason } : {}), ...(identity ? { identity } : {}) },
      }),
    ),
  );
  return {};
};

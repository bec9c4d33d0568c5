import { requireOpen } from '../../execution/decide/signal.ts';
import { requestRun } from '../request-run.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const resetStickyTaskQueue: WorkflowHandler<'resetStickyTaskQueue'> = async (request, ctx) => {
  const run = requestRun(ctx, request.execution);
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      requireOpen(t);
      if (t.execution.sticky) t.note({ kind: 'stickyCleared' });
    }),
  );
  return {};
};

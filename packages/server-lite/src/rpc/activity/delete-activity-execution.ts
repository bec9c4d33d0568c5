import { terminateStandalone } from '../../execution/decide/standalone.ts';
import { isRunning } from '../../execution/execution.ts';
import { checkActivityRequest, requestedActivity } from './activity-request.ts';
import type { WorkflowHandler } from '../rpc.ts';

/** One that still runs is terminated first, so that those who wait for its outcome hear of it. */
export const deleteActivityExecution: WorkflowHandler<'deleteActivityExecution'> = async (request, ctx) => {
  checkActivityRequest(ctx, request);
  const run = requestedActivity(ctx, request);
  const requestId = ctx.random.uuid();
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      if (isRunning(t.execution)) {
        terminateStandalone(t, { requestId, identity: '', reason: 'Delete activity execution' });
      }
    }),
  );
  await ctx.engine.commit(() => ctx.engine.delete(run));
  return {};
};

import { requestCancelStandalone } from '../../execution/decide/standalone.ts';
import { checkActivityRequest, requestedActivity } from './activity-request.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const requestCancelActivityExecution: WorkflowHandler<'requestCancelActivityExecution'> = async (
  request,
  ctx,
) => {
  checkActivityRequest(ctx, request);
  const run = requestedActivity(ctx, request);
  const { identity, reason } = request;
  const asked = {
    requestId: request.requestId || ctx.random.uuid(),
    identity: identity ?? '',
    reason: reason ?? '',
  };
  await ctx.engine.commit(() => ctx.engine.transact(run, (t) => requestCancelStandalone(t, asked)));
  return {};
};

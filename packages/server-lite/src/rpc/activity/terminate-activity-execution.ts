import { terminateStandalone } from '../../execution/decide/standalone.ts';
import { askedEnd, checkActivityRequest, requestedActivity } from './activity-request.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const terminateActivityExecution: WorkflowHandler<'terminateActivityExecution'> = async (request, ctx) => {
  checkActivityRequest(ctx, request);
  const run = requestedActivity(ctx, request);
  const asked = askedEnd(ctx, request);
  await ctx.engine.commit(() => ctx.engine.transact(run, (t) => terminateStandalone(t, asked)));
  return {};
};

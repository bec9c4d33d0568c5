import { ownActivity } from '../../execution/own-activity.ts';
import { checkActivityRequest, requestedActivity } from './activity-request.ts';
import { activityPollOptions } from '../long-poll.ts';
import type { WorkflowHandler } from '../rpc.ts';

/** Waits for the outcome; empty when there is none yet. */
export const pollActivityExecution: WorkflowHandler<'pollActivityExecution'> = async (request, ctx) => {
  checkActivityRequest(ctx, request);
  const run = requestedActivity(ctx, request);
  const options = activityPollOptions(ctx);
  for (;;) {
    const { close } = ownActivity(ctx.engine.read(run)).standalone;
    if (close) return { runId: run.runId, outcome: close.outcome };
    if (!(await ctx.engine.waiters.changed(run.key, options))) return {};
  }
};

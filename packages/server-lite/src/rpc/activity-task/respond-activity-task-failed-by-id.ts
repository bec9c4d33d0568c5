import { fail } from './activity-answers.ts';
import { answeredById } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const respondActivityTaskFailedById: WorkflowHandler<'respondActivityTaskFailedById'> = async (request, ctx) => {
  const answered = answeredById(ctx, request);
  const { failure, lastHeartbeatDetails } = request;
  return { failures: await fail(ctx, answered, { failure, lastHeartbeatDetails, byToken: false }) };
};

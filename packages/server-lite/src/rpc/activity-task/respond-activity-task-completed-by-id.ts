import { complete } from './activity-answers.ts';
import { activityById, answeredById } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const respondActivityTaskCompletedById: WorkflowHandler<'respondActivityTaskCompletedById'> = async (
  request,
  ctx,
) => {
  await complete(ctx, answeredById(ctx, request, activityById), request.result);
  return {};
};

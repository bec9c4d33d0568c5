import { cancel } from './activity-answers.ts';
import { answeredByToken } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const respondActivityTaskCanceled: WorkflowHandler<'respondActivityTaskCanceled'> = async (request, ctx) => {
  await cancel(ctx, answeredByToken(ctx, request), request.details);
  return {};
};

import { cancel } from './activity-answers.ts';
import { answeredById } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const respondActivityTaskCanceledById: WorkflowHandler<'respondActivityTaskCanceledById'> = async (
  request,
  ctx,
) => {
  await cancel(ctx, answeredById(ctx, request), request.details);
  return {};
};

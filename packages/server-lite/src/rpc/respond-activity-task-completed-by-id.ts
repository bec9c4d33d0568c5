import { complete } from './activity-answers.ts';
import { activityById, runOfById } from './pending-activity.ts';
import type { WorkflowHandler } from './rpc.ts';
import { checkIdentity } from './validate.ts';
import type { Execution } from '../execution/execution.ts';

export const respondActivityTaskCompletedById: WorkflowHandler<'respondActivityTaskCompletedById'> = async (
  request,
  ctx,
) => {
  checkIdentity(request.identity);
  const run = runOfById(ctx, request);
  const answered = {
    run,
    identity: request.identity ?? '',
    find: (execution: Execution) => activityById(execution, request.activityId ?? ''),
  };
  await complete(ctx, answered, request.result);
  return {};
};

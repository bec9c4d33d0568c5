import { complete } from './activity-answers.ts';
import { activityById, answeredById } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';
import type { Execution } from '../../execution/execution.ts';

export const respondActivityTaskCompletedById: WorkflowHandler<'respondActivityTaskCompletedById'> = async (
  request,
  ctx,
) => {
  const run = answeredById(ctx, request);
  const answered = {
    run,
    identity: request.identity ?? '',
    find: (execution: Execution) => activityById(execution, request.activityId ?? ''),
  };
  await complete(ctx, answered, request.result);
  return {};
};

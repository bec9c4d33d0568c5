import { cancel } from './activity-answers.ts';
import { answeredById, startedActivityById } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';
import type { Execution } from '../../execution/execution.ts';

export const respondActivityTaskCanceledById: WorkflowHandler<'respondActivityTaskCanceledById'> = async (
  request,
  ctx,
) => {
  const run = answeredById(ctx, request);
  const answered = {
    run,
    identity: request.identity ?? '',
    find: (execution: Execution) => startedActivityById(execution, request.activityId ?? ''),
  };
  await cancel(ctx, answered, request.details);
  return {};
};

import { cancel } from './activity-answers.ts';
import { activityOfToken } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';
import type { Execution } from '../../execution/execution.ts';
import { answeredRun } from '../task/token-run.ts';

export const respondActivityTaskCanceled: WorkflowHandler<'respondActivityTaskCanceled'> = async (request, ctx) => {
  const { token, run } = answeredRun(ctx, request);
  const answered = {
    run,
    identity: request.identity ?? '',
    find: (execution: Execution) => activityOfToken(execution, token),
  };
  await cancel(ctx, answered, request.details);
  return {};
};

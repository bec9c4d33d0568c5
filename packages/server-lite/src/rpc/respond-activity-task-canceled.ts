import { cancel } from './activity-answers.ts';
import { activityOfToken } from './pending-activity.ts';
import type { WorkflowHandler } from './rpc.ts';
import type { Execution } from '../execution/execution.ts';
import { tokenRun } from './token-run.ts';
import { checkIdentity } from './validate.ts';

export const respondActivityTaskCanceled: WorkflowHandler<'respondActivityTaskCanceled'> = async (request, ctx) => {
  const { token, run } = tokenRun(ctx, request.taskToken);
  checkIdentity(request.identity);
  const answered = {
    run,
    identity: request.identity ?? '',
    find: (execution: Execution) => activityOfToken(execution, token),
  };
  await cancel(ctx, answered, request.details);
  return {};
};

import { heartbeat } from './activity-answers.ts';
import { activityOfToken } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';
import type { Execution } from '../../execution/execution.ts';
import { requestToken, runOfToken } from '../task/token-run.ts';

export const recordActivityTaskHeartbeat: WorkflowHandler<'recordActivityTaskHeartbeat'> = async (request, ctx) => {
  const token = requestToken(ctx, request.taskToken);
  const run = runOfToken(ctx, token);
  const answered = {
    run,
    identity: request.identity ?? '',
    find: (execution: Execution) => activityOfToken(execution, token),
  };
  return { ...(await heartbeat(ctx, answered, request.details)) };
};

import { fail } from './activity-answers.ts';
import { answeredWorkerVersion } from './poll-version.ts';
import { activityOfToken } from './pending-activity.ts';
import type { WorkflowHandler } from './rpc.ts';
import type { Execution } from '../execution/execution.ts';
import { tokenRun } from './token-run.ts';
import { checkIdentity } from './validate.ts';

export const respondActivityTaskFailed: WorkflowHandler<'respondActivityTaskFailed'> = async (request, ctx) => {
  const { token, run } = tokenRun(ctx, request.taskToken);
  checkIdentity(request.identity);
  const answered = {
    run,
    identity: request.identity ?? '',
    workerVersion: answeredWorkerVersion(request.workerVersion),
    find: (execution: Execution) => activityOfToken(execution, token),
  };
  const { failure, lastHeartbeatDetails } = request;
  return { failures: await fail(ctx, answered, { failure, lastHeartbeatDetails, byToken: true }) };
};

import { complete } from './activity-answers.ts';
import { answeredWorkerVersion } from '../task/poll-version.ts';
import { activityOfToken } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';
import type { Execution } from '../../execution/execution.ts';
import { answeredRun } from '../task/token-run.ts';

export const respondActivityTaskCompleted: WorkflowHandler<'respondActivityTaskCompleted'> = async (request, ctx) => {
  const { token, run } = answeredRun(ctx, request);
  const answered = {
    run,
    identity: request.identity ?? '',
    workerVersion: answeredWorkerVersion(request.workerVersion),
    find: (execution: Execution) => activityOfToken(execution, token),
  };
  await complete(ctx, answered, request.result);
  return {};
};

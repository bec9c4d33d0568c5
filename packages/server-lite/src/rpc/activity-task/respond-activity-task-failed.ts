import { invalidArgument } from '../../errors.ts';
import { fail } from './activity-answers.ts';
import { answeredWorkerVersion } from '../task/poll-version.ts';
import { activityOfToken } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';
import type { Execution } from '../../execution/execution.ts';
import { answeredRun, requestToken } from '../task/token-run.ts';

export const respondActivityTaskFailed: WorkflowHandler<'respondActivityTaskFailed'> = async (request, ctx) => {
  const { failure, lastHeartbeatDetails } = request;
  requestToken(ctx, request.taskToken);
  if (failure && !failure.applicationFailureInfo) throw invalidArgument('Failure must have ApplicationFailureInfo.');
  const { token, run } = answeredRun(ctx, request);
  const answered = {
    run,
    identity: request.identity ?? '',
    workerVersion: answeredWorkerVersion(request.workerVersion),
    find: (execution: Execution) => activityOfToken(execution, token),
  };
  return { failures: await fail(ctx, answered, { failure, lastHeartbeatDetails, byToken: true }) };
};

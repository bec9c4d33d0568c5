import { invalidArgument } from '../../errors.ts';
import { fail } from './activity-answers.ts';
import { answeredWorkerVersion } from '../task/poll-version.ts';
import { answeredByToken } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';
import { requestToken } from '../task/token-run.ts';

export const respondActivityTaskFailed: WorkflowHandler<'respondActivityTaskFailed'> = async (request, ctx) => {
  const { failure, lastHeartbeatDetails } = request;
  requestToken(ctx, request.taskToken);
  if (failure && !failure.applicationFailureInfo) throw invalidArgument('Failure must have ApplicationFailureInfo.');
  const workerVersion = answeredWorkerVersion(request.workerVersion);
  const answered = { ...answeredByToken(ctx, request), workerVersion };
  return { failures: await fail(ctx, answered, { failure, lastHeartbeatDetails, byToken: true }) };
};

import { complete } from './activity-answers.ts';
import { answeredWorkerVersion } from '../task/poll-version.ts';
import { answeredByToken } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const respondActivityTaskCompleted: WorkflowHandler<'respondActivityTaskCompleted'> = async (request, ctx) => {
  const workerVersion = answeredWorkerVersion(request.workerVersion);
  await complete(ctx, { ...answeredByToken(ctx, request), workerVersion }, request.result);
  return {};
};

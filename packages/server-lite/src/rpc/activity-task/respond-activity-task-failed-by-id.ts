import { fail } from './activity-answers.ts';
import { answeredById, startedActivityById } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';
import type { Execution } from '../../execution/execution.ts';

export const respondActivityTaskFailedById: WorkflowHandler<'respondActivityTaskFailedById'> = async (request, ctx) => {
  const run = answeredById(ctx, request);
  const answered = {
    run,
    identity: request.identity ?? '',
    find: (execution: Execution) => startedActivityById(execution, request.activityId ?? ''),
  };
  const { failure, lastHeartbeatDetails } = request;
  return { failures: await fail(ctx, answered, { failure, lastHeartbeatDetails, byToken: false }) };
};

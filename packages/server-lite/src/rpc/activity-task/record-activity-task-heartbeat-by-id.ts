import { heartbeat } from './activity-answers.ts';
import { runOfById, startedActivityById } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';
import type { Execution } from '../../execution/execution.ts';

export const recordActivityTaskHeartbeatById: WorkflowHandler<'recordActivityTaskHeartbeatById'> = async (
  request,
  ctx,
) => {
  const run = runOfById(ctx, request);
  const answered = {
    run,
    identity: request.identity ?? '',
    find: (execution: Execution) => startedActivityById(execution, request.activityId ?? ''),
  };
  return { ...(await heartbeat(ctx, answered, request.details)) };
};

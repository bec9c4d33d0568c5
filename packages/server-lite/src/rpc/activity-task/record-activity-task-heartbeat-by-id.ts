import { heartbeat } from './activity-answers.ts';
import { namedActivity } from './pending-activity.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const recordActivityTaskHeartbeatById: WorkflowHandler<'recordActivityTaskHeartbeatById'> = async (
  request,
  ctx,
) => ({ ...(await heartbeat(ctx, namedActivity(ctx, request), request.details)) });

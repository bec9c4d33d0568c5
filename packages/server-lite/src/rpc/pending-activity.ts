/** The activity that a worker speaks of. */
import { invalidArgument, notFound } from '../errors.ts';
import type { Activity } from '../execution/activity-state.ts';
import { type Execution, isRunning } from '../execution/execution.ts';
import type { RunRow } from '../store/store.ts';
import { requireNamespace, type RpcContext } from './rpc.ts';
import type { TaskToken } from './task-token.ts';
import { isUuid } from './validate.ts';

const gone = () => notFound('invalid activityID or activity already timed out or invoking workflow is completed');

/** @throws ServiceError NOT_FOUND when it is not the attempt that the token stands for */
export function activityOfToken(execution: Execution, token: TaskToken): Activity {
  if (!isRunning(execution)) throw notFound('workflow execution already completed');
  const activity = execution.activities.get(token.scheduledEventId);
  const isSame =
    activity?.state === 'started' &&
    activity.attempt === token.attempt &&
    activity.started?.timeMs === token.startedTimeMs;
  if (!activity || !isSame) throw gone();
  return activity;
}

interface ByIdRequest {
  readonly workflowId?: string | null | undefined;
  readonly runId?: string | null | undefined;
  readonly activityId?: string | null | undefined;
}

/** @throws ServiceError INVALID_ARGUMENT or NOT_FOUND */
export function runOfById(ctx: RpcContext, request: ByIdRequest): RunRow {
  const { workflowId, runId, activityId } = request;
  if (!activityId) throw invalidArgument('ActivityId is not set on request.');
  if (!workflowId) throw notFound(`activity not found for ID: ${activityId}`);
  if (runId && !isUuid(runId)) throw invalidArgument('Invalid RunId.');
  return ctx.engine.require(requireNamespace(ctx).id, workflowId, runId ?? '');
}

/** @throws ServiceError NOT_FOUND */
export function activityById(execution: Execution, activityId: string): Activity {
  if (!isRunning(execution)) throw notFound('workflow execution already completed');
  const activity = execution.activities.get(execution.activityIds.get(activityId) ?? 0);
  if (activity) return activity;
  throw notFound(
    `cannot find pending activity with ActivityID ${activityId}, check workflow execution history for more details`,
  );
}

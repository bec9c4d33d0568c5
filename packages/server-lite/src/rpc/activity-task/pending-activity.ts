/** The activity that a worker speaks of. */
import { invalidArgument, notFound } from '../../errors.ts';
import type { Activity } from '../../execution/activity-state.ts';
import { type Execution, isRunning } from '../../execution/execution.ts';
import { ownActivity } from '../../execution/own-activity.ts';
import type { RunRow } from '../../store/store.ts';
import { requireNamespace, type RpcContext } from '../rpc.ts';
import { checkIdentity } from '../validate.ts';
import type { TaskToken } from '../task/task-token.ts';
import { answeredRun, type TaskAnswer } from '../task/token-run.ts';
import type { Answered } from './activity-answers.ts';
import { isUuid } from '../../execution/uuid-text.ts';

const gone = () => notFound('invalid activityID or activity already timed out or invoking workflow is completed');

/** @throws ServiceError NOT_FOUND when it is not the attempt that the token stands for */
export function activityOfToken(execution: Execution, token: TaskToken): Activity {
  if (!isRunning(execution) && !execution.standalone) throw notFound('workflow execution already completed');
  const activity = execution.activities.get(token.scheduledEventId);
  const isSame =
    activity?.state === 'started' &&
    activity.attempt === token.attempt &&
    activity.started?.timeMs === token.startedTimeMs;
  if (!activity || !isSame) throw execution.standalone ? unknownActivity(token.activityId) : gone();
  return activity;
}

const unknownActivity = (activityId: string) => notFound(`activity not found for ID: ${activityId}`);

interface ByIdRequest {
  readonly workflowId?: string | null | undefined;
  readonly runId?: string | null | undefined;
  readonly activityId?: string | null | undefined;
  readonly identity?: string | null | undefined;
}

type FindById = (execution: Execution, activityId: string) => Activity;

/** For an answer of a worker that names the activity. @throws ServiceError INVALID_ARGUMENT or NOT_FOUND */
export function answeredById(ctx: RpcContext, request: ByIdRequest, find?: FindById): Answered {
  if (!request.activityId) throw invalidArgument('ActivityId is not set on request.');
  checkIdentity(request.identity);
  return namedActivity(ctx, request, find);
}

/** What a worker says of an activity that it names. @throws ServiceError INVALID_ARGUMENT or NOT_FOUND */
export function namedActivity(ctx: RpcContext, request: ByIdRequest, find: FindById = startedActivityById): Answered {
  const { activityId, identity } = request;
  const run = runOfById(ctx, request);
  return { run, identity: identity ?? '', find: (execution) => find(execution, activityId ?? '') };
}

/** For an answer of a worker that has the task's token. @throws ServiceError INVALID_ARGUMENT or NOT_FOUND */
export function answeredByToken(ctx: RpcContext, request: TaskAnswer): Answered {
  const { token, run } = answeredRun(ctx, request);
  return { run, identity: request.identity ?? '', find: (execution) => activityOfToken(execution, token) };
}

/** @throws ServiceError INVALID_ARGUMENT or NOT_FOUND */
function runOfById(ctx: RpcContext, request: ByIdRequest): RunRow {
  const { workflowId, runId, activityId } = request;
  if (!activityId) throw invalidArgument('ActivityId is not set on request.');
  if (runId && !isUuid(runId)) throw invalidArgument('RunId is not valid UUID.');
  if (!workflowId) return ctx.engine.require(requireNamespace(ctx).id, activityId, runId ?? '', 'activity');
  return ctx.engine.require(requireNamespace(ctx).id, workflowId, runId ?? '');
}

/** Only completing it needs no worker that has taken it. @throws ServiceError NOT_FOUND */
export function startedActivityById(execution: Execution, activityId: string): Activity {
  const activity = activityById(execution, activityId);
  if (activity.state !== 'started') throw gone();
  return activity;
}

/** @throws ServiceError NOT_FOUND */
export function activityById(execution: Execution, activityId: string): Activity {
  if (execution.standalone) return ownStartedActivity(execution, activityId);
  if (!isRunning(execution)) throw notFound('workflow execution already completed');
  const activity = execution.activities.get(execution.activityIds.get(activityId) ?? 0);
  if (activity) return activity;
  throw notFound(
    `cannot find pending activity with ActivityID ${activityId}, check workflow execution history for more details`,
  );
}

/** Of an activity of its own nothing is taken but what an attempt says that runs. */
function ownStartedActivity(execution: Execution, activityId: string): Activity {
  const { activity } = ownActivity(execution);
  if (activity.state !== 'started') throw unknownActivity(activityId);
  return activity;
}

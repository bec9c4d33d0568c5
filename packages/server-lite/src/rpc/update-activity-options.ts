import { invalidArgument } from '../errors.ts';
import type { Activity, ActivityOptions } from '../execution/activity-state.ts';
import { policyIntervalMs } from '../execution/retry.ts';
import { changedOptions, optionsMessage, originalOptions } from './activity-options-update.ts';
import { checkChoice, chosenActivities } from './chosen-activities.ts';
import { requestRun } from './request-run.ts';
import type { WorkflowHandler } from './rpc.ts';

export const updateActivityOptions: WorkflowHandler<'updateActivityOptions'> = async (request, ctx) => {
  const choice = { id: request.id, type: request.type, all: request.matchAll === true };
  checkChoice(choice);
  const restores = request.restoreOriginal === true;
  if (!restores && !request.updateMask) throw invalidArgument('UpdateMask is not provided');
  const paths = request.updateMask?.paths ?? [];
  const run = requestRun(ctx, request.execution);
  const options = await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      const changed = chosenActivities(t.execution, choice).map((activity) => {
        const next = restores
          ? originalOptions(activity)
          : changedOptions(activity.options, request.activityOptions ?? {}, paths);
        const isWaiting = activity.state !== 'started' && !activity.pause;
        const dueMs = isWaiting ? { dueMs: Math.max(t.nowMs, nextAttemptMs(activity, next)) } : {};
        t.note({ kind: 'activityOptions', scheduledEventId: activity.scheduledEventId, options: next, ...dueMs });
        return next;
      });
      return changed[0];
    }),
  );
  return options ? { activityOptions: optionsMessage(options, restores) } : {};
};

/** A new policy moves the attempt that is waited for. */
function nextAttemptMs(
  { attempt, attemptTimeMs, lastAttemptEndMs }: Activity,
  { retryPolicy }: ActivityOptions,
): number {
  if (attempt === 1 || lastAttemptEndMs === undefined) return attemptTimeMs;
  const intervalMs = policyIntervalMs(retryPolicy, attempt);
  return intervalMs === undefined ? attemptTimeMs : lastAttemptEndMs + intervalMs;
}

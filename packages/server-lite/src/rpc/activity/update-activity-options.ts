import { scheduledOptions } from '../../execution/scheduled-options.ts';
import { invalidArgument } from '../../errors.ts';
import type { Activity, ActivityOptions } from '../../execution/activity-state.ts';
import { isRunning } from '../../execution/execution.ts';
import { policyIntervalMs } from '../../execution/retry.ts';
import { priorityProblem } from '../../execution/priority.ts';
import { changedOptions, optionsMessage } from './activity-options-update.ts';
import { checkChoice, chosenActivities, runOfChoice } from './chosen-activities.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const updateActivityOptions: WorkflowHandler<'updateActivityOptions'> = async (request, ctx) => {
  const { activityOptions: given, updateMask: mask } = request;
  const choice = { id: request.id, type: request.type, all: request.matchAll };
  const restores = request.restoreOriginal === true;
  checkChoice(request.execution, choice);
  const priority = priorityProblem(given?.priority);
  if (priority !== undefined) throw invalidArgument(priority);
  if (restores && mask?.paths?.length) throw invalidArgument('Both UpdateMask and RestoreOriginal are provided');
  const run = runOfChoice(ctx, request.execution, choice);
  const options = await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      const isLacking = isRunning(t.execution) && !restores && !given;
      if (isLacking) throw invalidArgument('ActivityOptions are not provided');
      const activities = chosenActivities(t.execution, choice, restores ? 'anyRun' : 'openFirst');
      if (!restores && !mask) throw invalidArgument('UpdateMask is not provided');
      const changed = activities.map((activity) => {
        const next = restores
          ? scheduledOptions(activity.attributes)
          : changedOptions(activity, given ?? {}, mask?.paths ?? []);
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

import { scheduledOptions } from '../../execution/scheduled-options.ts';
import { fromDuration } from '../wire-time.ts';
import { chosenActivities, runOfChoice } from './chosen-activities.ts';
import type { WorkflowHandler } from '../rpc.ts';

/** It starts over at its first attempt: at once, or when the attempt that runs has ended. */
export const resetActivity: WorkflowHandler<'resetActivity'> = async (request, ctx) => {
  const choice = { id: request.id, type: request.type, all: request.matchAll };
  const run = runOfChoice(ctx, request.execution, choice);
  const jitterMs = fromDuration(request.jitter) * ctx.random.fraction();
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      for (const activity of chosenActivities(t.execution, choice, 'typeFirst')) {
        t.note({
          kind: 'activityReset',
          scheduledEventId: activity.scheduledEventId,
          dueMs: t.nowMs + jitterMs,
          resetHeartbeat: request.resetHeartbeat === true,
          keepPaused: request.keepPaused === true,
          ...(request.restoreOriginalOptions ? { options: scheduledOptions(activity.attributes) } : {}),
        });
      }
    }),
  );
  return {};
};

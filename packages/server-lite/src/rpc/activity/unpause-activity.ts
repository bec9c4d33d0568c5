import { fromDuration } from '../wire-time.ts';
import { chosenActivities, runOfChoice } from './chosen-activities.ts';
import type { WorkflowHandler } from '../rpc.ts';

export const unpauseActivity: WorkflowHandler<'unpauseActivity'> = async (request, ctx) => {
  const choice = { id: request.id, type: request.type, all: request.unpauseAll };
  const run = runOfChoice(ctx, request.execution, choice);
  const jitterMs = fromDuration(request.jitter) * ctx.random.fraction();
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      for (const { scheduledEventId, pause } of chosenActivities(t.execution, choice)) {
        if (!pause) continue;
        const dueMs = t.nowMs + jitterMs;
        const resetAttempts = request.resetAttempts === true;
        const resetHeartbeat = request.resetHeartbeat === true;
        t.note({ kind: 'activityUnpaused', scheduledEventId, dueMs, resetAttempts, resetHeartbeat });
      }
    }),
  );
  return {};
};

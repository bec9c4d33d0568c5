import { chosenActivities, runOfChoice } from './chosen-activities.ts';
import type { WorkflowHandler } from '../rpc.ts';

/** It is not offered to workers, or tried again, until it is unpaused. */
export const pauseActivity: WorkflowHandler<'pauseActivity'> = async (request, ctx) => {
  const run = runOfChoice(ctx, request.execution, request);
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      for (const { scheduledEventId, pause } of chosenActivities(t.execution, request, 'typeFirst')) {
        if (pause) continue;
        const given = { timeMs: t.nowMs, identity: request.identity ?? '', reason: request.reason ?? '' };
        t.note({ kind: 'activityPaused', scheduledEventId, pause: given });
      }
    }),
  );
  return {};
};

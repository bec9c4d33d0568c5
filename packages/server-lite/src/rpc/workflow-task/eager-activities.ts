import type { Completion } from '../../execution/decide/complete-workflow-task.ts';
import { isRunning } from '../../execution/execution.ts';
import type { Transition } from '../../execution/transition.ts';

/**
 * Starts the activities which the worker that asked for them has room for: they go with the answer to its task. Gives the ids
 * of their events. What was sent to their queue meanwhile finds them started.
 */
export function startEagerActivities(t: Transition, completion: Completion, requestId: () => string): number[] {
  if (!isRunning(t.execution)) return [];
  const asked = new Set(
    completion.commands.flatMap(({ scheduleActivityTaskCommandAttributes: attributes }) =>
      attributes?.requestEagerExecution === true ? [attributes.activityId] : [],
    ),
  );
  if (asked.size === 0) return [];
  const { activities, options: own } = t.execution;
  const eager = [...activities.values()].filter(
    ({ activityId, state, options }) =>
      asked.has(activityId) && state === 'scheduled' && options.taskQueue === own.taskQueue,
  );
  return eager.map(({ scheduledEventId }) => {
    const started = { requestId: requestId(), identity: completion.identity, timeMs: t.nowMs };
    t.note({ kind: 'activityStarted', scheduledEventId, started });
    return scheduledEventId;
  });
}

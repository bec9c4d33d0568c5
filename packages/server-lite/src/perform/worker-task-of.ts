import type { Effect } from '../execution/effects.ts';
import type { WorkerTask } from '../matching/matching.ts';

type Dispatch = Extract<Effect, { kind: 'dispatchWorkflowTask' | 'dispatchActivityTask' }>;

/** What is offered to pollers. Its id is the same when it is offered again after a crash. */
export function workerTaskOf(effect: Dispatch): WorkerTask {
  const { run } = effect;
  const isWorkflow = effect.kind === 'dispatchWorkflowTask';
  const id = isWorkflow
    ? `w/${run.key}/${effect.stamp}/${effect.attempt}`
    : `a/${run.key}/${effect.scheduledEventId}/${effect.attempt}/${effect.stamp}`;
  return {
    id,
    queue: { namespaceId: run.namespaceId, name: effect.taskQueue, kind: isWorkflow ? 'workflow' : 'activity' },
    normalName: isWorkflow ? effect.normalName : undefined,
    ref: effect,
    readyMs: effect.scheduledTimeMs,
    priority: effect.priority,
    routing: effect.routing,
    expiresAtMs: isWorkflow ? undefined : effect.expiresAtMs,
  };
}

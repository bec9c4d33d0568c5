/** What follows a commit, carried out: tasks are offered, waiters told, other executions reached. */
import type { Effect } from './execution/effects.ts';
import type { Engine } from './engine.ts';
import type { Matching, WorkerTask } from './matching/matching.ts';
import type { RelatedWork } from './related-work.ts';
import type { UpdateOutcomes } from './update-outcomes.ts';

export interface PerformOptions {
  readonly engine: () => Engine;
  readonly matching: Matching;
  readonly related: () => RelatedWork;
  readonly updates: UpdateOutcomes;
}

type Dispatch = Extract<Effect, { kind: 'dispatchWorkflowTask' | 'dispatchActivityTask' }>;

export function taskOf(effect: Dispatch): WorkerTask {
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

export function performer({ engine, matching, related, updates }: PerformOptions): (effect: Effect) => void {
  return (effect) => {
    switch (effect.kind) {
      case 'dispatchWorkflowTask':
      case 'dispatchActivityTask':
        matching.add(taskOf(effect));
        return;
      case 'notifyHistory':
      case 'notifyUpdate':
        engine().waiters.notify(effect.run.key);
        return;
      case 'updateEnded':
        updates.end(effect.run, effect.updateId, effect.end);
        engine().waiters.notify(effect.run.key);
        // Those who wait hear of it now; who asks later is told that there is no such update.
        setImmediate(() => updates.forget(effect.run, effect.updateId));
        return;
      case 'recordVisibility':
      case 'dropVisibility':
      case 'armTimer':
      case 'disarmTimer':
        return;
      default:
        related().perform(effect);
    }
  };
}

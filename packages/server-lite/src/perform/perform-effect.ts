/** What follows a commit, carried out: tasks are offered, waiters told, other executions reached. */
import type { Engine } from '../engine.ts';
import type { Effect } from '../execution/effects.ts';
import type { Matching } from '../matching/matching.ts';
import type { RelatedWork } from './related-work.ts';
import type { UpdateOutcomes } from './update-outcomes.ts';
import { workerTaskOf } from './worker-task-of.ts';

export interface PerformOptions {
  readonly engine: Pick<Engine, 'waiters'>;
  readonly matching: Pick<Matching, 'add'>;
  readonly related: RelatedWork;
  readonly updates: UpdateOutcomes;
}

export function performEffect(effect: Effect, { engine, matching, related, updates }: PerformOptions): void {
  switch (effect.kind) {
    case 'dispatchWorkflowTask':
    case 'dispatchActivityTask':
      matching.add(workerTaskOf(effect));
      return;
    case 'notifyHistory':
    case 'notifyUpdate':
      engine.waiters.notify(effect.run.key);
      return;
    case 'updateEnded':
      updates.end(effect.run, effect.updateId, effect.end);
      engine.waiters.notify(effect.run.key);
      // Those who wait hear of it now; who asks later is told that there is no such update.
      setImmediate(() => updates.forget(effect.run, effect.updateId));
      return;
    case 'recordVisibility':
      // Done: it was part of the commit.
      return;
    default:
      related.perform(effect);
  }
}

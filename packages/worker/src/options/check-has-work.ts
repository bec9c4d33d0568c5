import { ActivityRegistry } from '../activity/activity-registry.ts';
import type { WorkerOptions } from './worker-options.ts';

/** @throws TypeError for a worker that would never get a task */
export function checkHasWork(
  { workflowsPath, workflowBundle, activities, activityThreads }: WorkerOptions,
  { hasServices, pollsForActivities }: { hasServices: boolean; pollsForActivities: boolean },
): void {
  const hasActivities = activityThreads !== undefined || !new ActivityRegistry(activities ?? {}).isEmpty;
  if (workflowsPath ?? workflowBundle ?? (hasServices || (hasActivities && pollsForActivities))) return;
  throw new TypeError('A worker needs something to do: workflowsPath or workflowBundle, activities, or nexusServices');
}

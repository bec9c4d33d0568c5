import type { Activity } from './activity-state.ts';
import type { Execution } from './execution.ts';
import { ownActivityId, type Standalone } from './standalone.ts';

/** The activity of a run that is one. @throws TypeError when the run is a workflow's */
export function ownActivity(execution: Execution): { standalone: Standalone; activity: Activity } {
  const { standalone } = execution;
  const activity = execution.activities.get(ownActivityId);
  if (!standalone || !activity) throw new TypeError(`expected ${execution.run.runId} to be an activity of its own`);
  return { standalone, activity };
}

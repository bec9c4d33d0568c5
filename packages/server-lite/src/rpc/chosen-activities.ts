/** The pending activities that an operator means, by id or by type. */
import { invalidArgument, notFound } from '../errors.ts';
import type { Activity } from '../execution/activity-state.ts';
import { type Execution, isRunning } from '../execution/execution.ts';

export interface Choice {
  readonly id?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly all?: boolean | undefined;
}

/** @throws ServiceError INVALID_ARGUMENT */
export function checkChoice({ id, type, all }: Choice): void {
  if (!id && !type && !all) throw invalidArgument('Either Activity.Id or Activity.Type should be set on request.');
}

/** @throws ServiceError NOT_FOUND when there is none */
export function chosenActivities(execution: Execution, { id, type }: Choice): Activity[] {
  if (!isRunning(execution)) throw notFound('workflow execution already completed');
  const chosen = [...execution.activities.values()].filter(
    (activity) => (id && activity.activityId === id) || (type && activity.attributes.activityType?.name === type),
  );
  if (chosen.length > 0) return chosen;
  throw notFound("Can't find pending activity with such ID. Invalid activityID or activity already completed");
}

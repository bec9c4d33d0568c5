import type { ActivitySerializationContext } from '@reprise/common';
import type { ActivityTask } from './activity-task.ts';

/** Whose payloads those of an activity are. */
export function activityContext({ info }: Pick<ActivityTask, 'info'>): ActivitySerializationContext {
  const { namespace, activityId, workflowExecution, isLocal } = info;
  const workflowId = workflowExecution?.workflowId;
  return { type: 'activity', namespace, activityId, ...(workflowId === undefined ? {} : { workflowId }), isLocal };
}

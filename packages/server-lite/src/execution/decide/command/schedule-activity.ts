import { TaskQueueKind, WorkflowTaskFailedCause } from '@reprise/proto';
import type { AttributesOf } from '../../event-kinds.ts';
import { completedPolicy, policyProblem } from '../../retry.ts';
import { TaskProblem } from '../../task-problem.ts';
import { completedTimeouts, timeoutProblem } from './activity-options.ts';
import { payloadsBytes } from '../../payload-size.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';
import { queueProblem, requireSize } from './command-checks.ts';

export const scheduleActivity: CommandHandler = ({ t, taskEventId }, command) => {
  const attributes = command.scheduleActivityTaskCommandAttributes ?? {};
  const { activityId = '', activityType, taskQueue } = attributes;
  const bad = (detail: string) =>
    new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES, detail);
  const queue = queueProblem(taskQueue, t.around.limits.idLength);
  if (queue !== undefined) throw bad(queue);
  if (!activityId) throw bad('activityId is not set');
  if (!activityType?.name) throw bad(`activityType is not set. ActivityId=${activityId} ActivityType=`);
  const retryPolicy = completedPolicy(attributes.retryPolicy);
  const problem = policyProblem(retryPolicy) ?? lengthProblem(activityId, activityType.name, t.around.limits.idLength);
  const timeouts = problem ?? timeoutProblem(attributes);
  if (timeouts !== undefined) throw bad(timeouts);
  const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES;
  requireSize(t, {
    bytes: payloadsBytes(attributes.input),
    cause,
    message: 'ScheduleActivityTaskCommandAttributes.Input exceeds size limit.',
  });
  if (t.execution.activityIds.has(activityId)) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_SCHEDULE_ACTIVITY_DUPLICATE_ID,
      `invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: ${activityId}`,
    );
  }
  const limit = t.around.limits.pendingActivities;
  if (t.execution.activities.size >= limit) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_ACTIVITIES_LIMIT_EXCEEDED,
      `the number of pending activities, ${t.execution.activities.size}, has reached the per-workflow limit of ${limit}`,
    );
  }
  const scheduled: AttributesOf<'activityScheduled'> = {
    activityId,
    activityType,
    taskQueue: { name: taskQueue?.name ?? '', kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    ...completedTimeouts(attributes, t.execution.options.runTimeoutMs),
    workflowTaskCompletedEventId: taskEventId,
    retryPolicy,
  };
  if (attributes.header) scheduled.header = attributes.header;
  if (attributes.input) scheduled.input = attributes.input;
  if (attributes.useWorkflowBuildId) scheduled.useWorkflowBuildId = true;
  if (attributes.priority) scheduled.priority = attributes.priority;
  t.record('activityScheduled', scheduled, metadataOf(command));
};

function lengthProblem(activityId: string, activityType: string, most: number): string | undefined {
  if (activityId.length > most) return `activityId exceeds length limit. Length=${activityId.length} Limit=${most}`;
  return activityType.length > most
    ? `activityType exceeds length limit. Length=${activityType.length} Limit=${most}`
    : undefined;
}

import { WorkflowTaskFailedCause } from '@reprise/proto';
import type { AttributesOf } from '../../event-kinds.ts';
import { payloadsBytes } from '../../payload-size.ts';
import { priorityProblem } from '../../priority.ts';
import { completedPolicy, policyProblem } from '../../retry.ts';
import { completedQueue, workQueueProblem } from '../../task-queue.ts';
import { TaskProblem } from '../../task-problem.ts';
import { utf8Length } from '../../utf8-length.ts';
import type { Command } from '../../wire.ts';
import { completedTimeouts, timeoutProblem } from './activity-options.ts';
import { requireRoom, requireSameQueue, requireSize } from './command-checks.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

type Attributes = NonNullable<Command['scheduleActivityTaskCommandAttributes']>;

const { WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES: cause } = WorkflowTaskFailedCause;

export const scheduleActivity: CommandHandler = ({ t, taskEventId }, command) => {
  const given = command.scheduleActivityTaskCommandAttributes;
  if (!given) {
    throw new TaskProblem(cause, 'ScheduleActivityTaskCommandAttributes is not set on ScheduleActivityTaskCommand.');
  }
  const problem = attributesProblem(given, t.around.limits.idLength, t.execution.options.taskQueue);
  if (problem !== undefined) throw new TaskProblem(cause, problem);
  requireSameQueue(
    t,
    { usesBuild: given.useWorkflowBuildId, queue: given.taskQueue?.name },
    () => new TaskProblem(cause, 'Activity with UseCompatibleVersion cannot run on different task queue.'),
  );
  requireSize(t, {
    bytes: payloadsBytes(given.input),
    cause,
    message: 'ScheduleActivityTaskCommandAttributes.Input exceeds size limit.',
  });
  requireRoom(t.execution.activities.size, {
    limit: t.around.limits.pendingActivities,
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_ACTIVITIES_LIMIT_EXCEEDED,
    what: 'pending activities',
  });
  const { activityId, activityType } = given;
  if (t.execution.activityIds.has(activityId ?? '')) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_SCHEDULE_ACTIVITY_DUPLICATE_ID,
      `invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: ${activityId}`,
    );
  }
  const scheduled: AttributesOf<'activityScheduled'> = {
    activityId,
    activityType,
    taskQueue: completedQueue(given.taskQueue),
    ...completedTimeouts(given, t.execution.options.runTimeoutMs),
    workflowTaskCompletedEventId: taskEventId,
    retryPolicy: completedPolicy(given.retryPolicy),
  };
  if (given.header) scheduled.header = given.header;
  if (given.input) scheduled.input = given.input;
  if (given.useWorkflowBuildId) scheduled.useWorkflowBuildId = true;
  if (given.priority) scheduled.priority = given.priority;
  t.record('activityScheduled', scheduled, metadataOf(command));
};

/** What is wrong, or undefined; the first thing that is, in the service's order. */
function attributesProblem(given: Attributes, most: number, parentQueue: string): string | undefined {
  const queue = workQueueProblem(given.taskQueue, most, parentQueue);
  if (queue !== undefined) return queue;
  const { activityId } = given;
  const type = given.activityType?.name;
  if (!activityId) return 'activityId is not set';
  if (!type) return 'activityType is not set';
  const policy = policyProblem(completedPolicy(given.retryPolicy));
  if (policy !== undefined) return policy;
  const lengths = [utf8Length(activityId), utf8Length(type)] as const;
  if (lengths[0] > most) return `activityId exceeds length limit. Length=${lengths[0]} Limit=${most}`;
  if (lengths[1] > most) return `activityType exceeds length limit. Length=${lengths[1]} Limit=${most}`;
  const priority = priorityProblem(given.priority);
  return priority === undefined ? timeoutProblem(given) : `invalid priorities: ${priority}`;
}

/** The attributes of a workflow task's scheduled and started events. */
import { TaskQueueKind } from '@reprise/proto';
import type { AttributesOf } from './event-kinds.ts';
import type { StartedTask, WorkflowTask } from './workflow-task-state.ts';
import { duration } from './wire.ts';

export function taskScheduledAttributes(
  task: Pick<WorkflowTask, 'taskQueue' | 'normalName' | 'timeoutMs' | 'attempt'>,
): AttributesOf<'taskScheduled'> {
  const taskQueue =
    task.normalName === undefined
      ? { name: task.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL }
      : { name: task.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY, normalName: task.normalName };
  return {
    taskQueue,
    startToCloseTimeout: duration(task.timeoutMs),
    attempt: task.attempt,
  };
}

export function startedTaskAttributes(
  task: Pick<
    StartedTask,
    | 'identity'
    | 'requestId'
    | 'workerVersion'
    | 'historySizeBytes'
    | 'suggestContinueAsNew'
    | 'suggestReasons'
    | 'targetChanged'
  >,
  scheduledEventId: number,
): AttributesOf<'taskStarted'> {
  const attributes: AttributesOf<'taskStarted'> = {
    scheduledEventId,
    requestId: task.requestId,
  };
  if (task.identity) attributes.identity = task.identity;
  if (task.workerVersion) attributes.workerVersion = task.workerVersion;
  if (task.historySizeBytes > 0) attributes.historySizeBytes = task.historySizeBytes;
  if (task.targetChanged) attributes.targetWorkerDeploymentVersionChanged = true;
  if (task.suggestContinueAsNew) {
    attributes.suggestContinueAsNew = true;
    attributes.suggestContinueAsNewReasons = [
      ...task.suggestReasons,
    ] as AttributesOf<'taskStarted'>['suggestContinueAsNewReasons'];
  }
  return attributes;
}

/** The events of a workflow task that has not written them: what a worker is shown, and readers of history who want it. */
import { EventType } from '@reprise/proto';
import type { Execution } from './execution.ts';
import { startedTaskAttributes, taskScheduledAttributes } from './task-attributes.ts';
import type { HistoryEvent } from './wire.ts';
import type { WorkflowTask } from './workflow-task-state.ts';
import { timestamp } from './wire.ts';

/** Whom events are for: readers of history are not told who has the task. */
export type Audience = 'worker' | 'reader';

export function quietEvents(execution: Execution, audience: Audience): HistoryEvent[] {
  const { task } = execution;
  if (!task || task.type === 'normal') return [];
  // What came after it was scheduled has taken its place: it is written anew when a worker takes it.
  if (audience === 'reader' && task.scheduledEventId !== execution.nextEventId) return [];
  return ownEvents(task, audience);
}

/** The events of a task itself, written or not. */
export function ownEvents(task: WorkflowTask, audience: Audience): HistoryEvent[] {
  const scheduled: HistoryEvent = {
    eventId: task.scheduledEventId,
    eventTime: timestamp(task.scheduledTimeMs),
    eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
    workflowTaskScheduledEventAttributes: taskScheduledAttributes(task),
  };
  if (task.kind !== 'started') return [scheduled];
  const started: HistoryEvent = {
    eventId: task.startedEventId,
    eventTime: timestamp(task.startedTimeMs),
    eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
    workflowTaskStartedEventAttributes: startedTaskAttributes(
      audience === 'worker' ? task : { ...task, identity: '' },
      task.scheduledEventId,
    ),
  };
  return [scheduled, started];
}

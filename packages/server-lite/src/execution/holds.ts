/** What keeps virtual time from being skipped for this run, in words: work that is at somebody now. */
import { isRunning, type Execution } from './execution.ts';

export function holdsOf(execution: Execution): string[] {
  if (!isRunning(execution)) return [];
  const { workflowId } = execution.run;
  const holds: string[] = [];
  const { task } = execution;
  if (task)
    holds.push(`workflow task of ${workflowId}, attempt ${task.attempt}, ${task.kind} on queue ${task.taskQueue}`);
  for (const activity of execution.activities.values()) {
    if (activity.state === 'backingOff') continue;
    const owner = execution.standalone ? '' : ` of ${workflowId}`;
    const place = activity.state === 'scheduled' ? ` on queue ${activity.options.taskQueue}` : '';
    holds.push(`activity ${activity.activityId}${owner}, attempt ${activity.attempt}, ${activity.state}${place}`);
  }
  for (const child of execution.children.values()) {
    if (!child.started) holds.push(`start of child ${child.attributes.workflowId} of ${workflowId}`);
  }
  for (const { attributes } of execution.outgoingSignals.values()) {
    holds.push(`signal ${attributes.signalName} of ${workflowId} to ${attributes.workflowExecution?.workflowId}`);
  }
  for (const { attributes } of execution.outgoingCancels.values()) {
    holds.push(`cancel request of ${workflowId} to ${attributes.workflowExecution?.workflowId}`);
  }
  for (const operation of execution.nexusOperations.values()) {
    if (operation.state === 'scheduled')
      holds.push(`start of Nexus operation ${operation.attributes.operation} of ${workflowId}`);
  }
  return holds;
}

import { WorkflowTaskFailedCause } from '@reprise/proto';
import type { AttributesOf } from '../../event-kinds.ts';
import { TaskProblem } from '../../task-problem.ts';
import { durationMs } from '../../wire.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

export const scheduleNexusOperation: CommandHandler = ({ t, taskEventId, lookups }, command) => {
  const given = command.scheduleNexusOperationCommandAttributes ?? {};
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_NEXUS_OPERATION_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  const endpointId = lookups.nexusEndpointId(given.endpoint ?? '');
  if (endpointId === undefined) throw new TaskProblem(cause, `endpoint "${given.endpoint ?? ''}" not found`);
  const fields = [
    ['ScheduleToCloseTimeout', given.scheduleToCloseTimeout],
    ['ScheduleToStartTimeout', given.scheduleToStartTimeout],
    ['StartToCloseTimeout', given.startToCloseTimeout],
  ] as const;
  for (const [name, value] of fields) {
    if (durationMs(value) < 0) {
      throw new TaskProblem(cause, `ScheduleNexusOperationCommandAttributes.${name} is invalid: negative duration`);
    }
  }
  const limit = t.around.limits.pendingNexusOperations;
  if (t.execution.nexusOperations.size >= limit) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_NEXUS_OPERATIONS_LIMIT_EXCEEDED,
      `workflow has reached the pending nexus operation limit of ${limit} for this namespace`,
    );
  }
  const header = Object.entries(given.nexusHeader ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const attributes: AttributesOf<'nexusScheduled'> = {
    endpoint: given.endpoint ?? '',
    service: given.service ?? '',
    operation: given.operation ?? '',
    workflowTaskCompletedEventId: taskEventId,
    requestId: t.around.uuid(),
    endpointId,
  };
  if (given.input) attributes.input = given.input;
  if (given.scheduleToCloseTimeout) attributes.scheduleToCloseTimeout = given.scheduleToCloseTimeout;
  if (given.scheduleToStartTimeout) attributes.scheduleToStartTimeout = given.scheduleToStartTimeout;
  if (given.startToCloseTimeout) attributes.startToCloseTimeout = given.startToCloseTimeout;
  if (header.length > 0) attributes.nexusHeader = Object.fromEntries(header);
  t.record('nexusScheduled', attributes, metadataOf(command));
};

export const requestCancelNexusOperation: CommandHandler = ({ t, taskEventId }, command) => {
  const scheduledEventId = command.requestCancelNexusOperationCommandAttributes?.scheduledEventId ?? 0;
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_NEXUS_OPERATION_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  const operation = t.execution.nexusOperations.get(scheduledEventId);
  if (!operation) {
    throw new TaskProblem(
      cause,
      `requested cancelation for a non-existing or already completed operation with scheduled event ID of ${scheduledEventId}`,
    );
  }
  if (operation.cancel)
    throw new TaskProblem(
      cause,
      `cancelation was already requested for an operation with scheduled event ID ${scheduledEventId}`,
    );
  t.record(
    'nexusCancelRequested',
    { scheduledEventId, workflowTaskCompletedEventId: taskEventId },
    metadataOf(command),
  );
};

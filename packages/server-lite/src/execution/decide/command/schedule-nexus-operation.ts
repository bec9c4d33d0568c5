import { WorkflowTaskFailedCause } from '@reprise/proto';
import { bounded, durationProblem } from '../../bounded-duration.ts';
import type { AttributesOf } from '../../event-kinds.ts';
import { payloadBytes } from '../../payload-size.ts';
import { TaskProblem } from '../../task-problem.ts';
import type { Transition } from '../../transition.ts';
import { utf8Length } from '../../utf8-length.ts';
import type { Command } from '../../wire.ts';
import { duration, durationMs } from '../../wire.ts';
import { requireSize } from './command-checks.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

type Attributes = NonNullable<Command['scheduleNexusOperationCommandAttributes']>;

const { WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_NEXUS_OPERATION_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
const bad = (detail: string) => new TaskProblem(cause, detail);
const onCommand = 'ScheduleNexusOperationCommandAttributes';
const timeouts = ['scheduleToCloseTimeout', 'scheduleToStartTimeout', 'startToCloseTimeout'] as const;
const longestHeader = 8192;
/** Headers that the service itself sends to handlers. */
const reservedHeaders: ReadonlySet<string> = new Set([
  'request-timeout',
  'xdc-redirection',
  'xdc-redirection-api',
  'caller-name',
  'caller-type',
  'call-initiation',
  'temporal-principal-type',
  'temporal-principal-name',
]);

const systemEndpoint = '__temporal_system';

export const scheduleNexusOperation: CommandHandler = ({ t, taskEventId, lookups }, command) => {
  const given = command.scheduleNexusOperationCommandAttributes;
  if (!given) throw bad('empty ScheduleNexusOperationCommandAttributes');
  // The service has an endpoint of its own, at which it offers nothing to workflows yet.
  if (given.endpoint === systemEndpoint) throw bad(`service "${given.service ?? ''}" not found`);
  const endpointId = lookups.nexusEndpointId(given.endpoint ?? '');
  if (endpointId === undefined) throw bad(`endpoint "${given.endpoint ?? ''}" not found`);
  checkOptions(t, given);
  const limit = t.around.limits.pendingNexusOperations;
  if (t.execution.nexusOperations.size + t.execution.timedOutNexus.length >= limit) {
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
  Object.assign(attributes, trimmedTimeouts(given, t.execution.options.runTimeoutMs));
  if (header.length > 0) attributes.nexusHeader = Object.fromEntries(header);
  t.record('nexusScheduled', attributes, metadataOf(command));
};

function checkOptions(t: Transition, given: Attributes): void {
  const { idLength: most } = t.around.limits;
  for (const [name, value] of [
    ['Service', given.service],
    ['Operation', given.operation],
  ] as const) {
    if (utf8Length(value ?? '') > most) throw bad(`${onCommand}.${name} exceeds length limit of ${most}`);
  }
  for (const field of timeouts) {
    const problem = durationProblem(given[field]);
    const name = field.charAt(0).toUpperCase() + field.slice(1);
    if (problem !== undefined) throw bad(`${onCommand}.${name} is invalid: ${problem}`);
  }
  requireSize(t, { bytes: payloadBytes(given.input), cause, message: `${onCommand}.Input exceeds size limit` });
  let headerBytes = 0;
  for (const [name, value] of Object.entries(given.nexusHeader ?? {})) {
    headerBytes += utf8Length(name) + utf8Length(value);
    if (reservedHeaders.has(name.toLowerCase())) {
      throw bad(`${onCommand}.NexusHeader contains a disallowed header key: ${JSON.stringify(name)}`);
    }
  }
  if (headerBytes > longestHeader) throw bad(`${onCommand}.NexusHeader exceeds size limit`);
}

/** None is longer than the whole, and the whole no longer than the run. */
function trimmedTimeouts(given: Attributes, runTimeoutMs: number): AttributesOf<'nexusScheduled'> {
  const wholeMs = durationMs(given.scheduleToCloseTimeout);
  const endsWithRun = runTimeoutMs > 0 && (wholeMs === 0 || wholeMs > runTimeoutMs);
  const whole = endsWithRun ? duration(runTimeoutMs) : bounded(given.scheduleToCloseTimeout);
  const trimmed = (value: Attributes['startToCloseTimeout']) =>
    whole && durationMs(whole) > 0 && durationMs(value) > durationMs(whole) ? whole : bounded(value);
  return {
    ...(whole ? { scheduleToCloseTimeout: whole } : {}),
    ...(given.scheduleToStartTimeout ? { scheduleToStartTimeout: trimmed(given.scheduleToStartTimeout) } : {}),
    ...(given.startToCloseTimeout ? { startToCloseTimeout: trimmed(given.startToCloseTimeout) } : {}),
  };
}

export const requestCancelNexusOperation: CommandHandler = ({ t, taskEventId }, command) => {
  const given = command.requestCancelNexusOperationCommandAttributes;
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_NEXUS_OPERATION_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  if (!given) throw new TaskProblem(cause, 'empty CancelNexusOperationCommandAttributes');
  const scheduledEventId = given.scheduledEventId ?? 0;
  const operation = t.execution.nexusOperations.get(scheduledEventId);
  if (!operation) {
    const which = t.execution.timedOutNexus.includes(scheduledEventId)
      ? 'an already complete'
      : 'a non-existing or already completed';
    throw new TaskProblem(
      cause,
      `requested cancelation for ${which} operation with scheduled event ID of ${scheduledEventId}`,
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

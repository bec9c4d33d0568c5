/** Commands that reach for other executions: signal, cancel, start a child. */
import { ParentClosePolicy, TaskQueueKind, WorkflowIdReusePolicy, WorkflowTaskFailedCause } from '@reprise/proto';
import { namespaceNotFound } from '../../../errors.ts';
import type { AttributesOf } from '../../event-kinds.ts';
import { completedPolicy, policyProblem } from '../../retry.ts';
import { TaskProblem } from '../../task-problem.ts';
import { duration, durationMs } from '../../wire.ts';
import { payloadsBytes } from '../../payload-size.ts';
import { isRunId, queueProblem, queueText, requireSize } from './command-checks.ts';
import { type CommandContext, type CommandHandler, metadataOf } from './command-context.ts';

function target({ t, lookups }: CommandContext, given: string | null | undefined, cause: WorkflowTaskFailedCause) {
  const { namespace, namespaceId } = t.execution.run;
  if (!given || given === namespace) return { namespace: given ?? '', namespaceId };
  if (lookups.namespaceId(given) === undefined) throw namespaceNotFound(given);
  throw new TaskProblem(cause, 'cross namespace commands are not allowed');
}

function requireRoom(pending: number, bound: { limit: number; cause: WorkflowTaskFailedCause; what: string }): void {
  const { limit, cause, what } = bound;
  if (pending < limit) return;
  throw new TaskProblem(cause, `the number of ${what}, ${pending}, has reached the per-workflow limit of ${limit}`);
}

export const signalExternal: CommandHandler = (context, command) => {
  const { t, taskEventId } = context;
  const given = command.signalExternalWorkflowExecutionCommandAttributes ?? {};
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  if (!given.execution) throw new TaskProblem(cause, 'Execution is not set on SignalExternalWorkflowExecutionCommand.');
  const { workflowId, runId } = given.execution;
  const namespace = given.namespace || t.execution.run.namespace;
  if (!workflowId) {
    throw new TaskProblem(
      cause,
      `WorkflowId is not set on SignalExternalWorkflowExecutionCommand. Namespace=${namespace} RunId=${runId ?? ''} SignalName=${given.signalName ?? ''}`,
    );
  }
  if (runId && !isRunId(runId)) {
    throw new TaskProblem(
      cause,
      `Invalid RunId set on SignalExternalWorkflowExecutionCommand. WorkflowId=${workflowId} Namespace=${namespace} RunId=${runId} SignalName=${given.signalName ?? ''}`,
    );
  }
  if (!given.signalName) {
    throw new TaskProblem(
      cause,
      `SignalName is not set on SignalExternalWorkflowExecutionCommand. WorkflowId=${workflowId} Namespace=${namespace} RunId=${runId ?? ''}`,
    );
  }
  requireSize(t, {
    bytes: payloadsBytes(given.input),
    cause,
    message: 'SignalExternalWorkflowExecutionCommandAttributes.Input exceeds size limit.',
  });
  requireRoom(t.execution.outgoingSignals.size, {
    limit: t.around.limits.pendingSignals,
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_SIGNALS_LIMIT_EXCEEDED,
    what: 'pending signals to external workflows',
  });
  const attributes: AttributesOf<'signalExternalInitiated'> = {
    workflowTaskCompletedEventId: taskEventId,
    ...target(context, given.namespace, cause),
    workflowExecution: given.execution,
    signalName: given.signalName,
    control: given.control ?? '',
    childWorkflowOnly: given.childWorkflowOnly ?? false,
  };
  if (given.input) attributes.input = given.input;
  if (given.header) attributes.header = given.header;
  t.record('signalExternalInitiated', attributes, metadataOf(command));
};

export const requestCancelExternal: CommandHandler = (context, command) => {
  const { t, taskEventId } = context;
  const given = command.requestCancelExternalWorkflowExecutionCommandAttributes ?? {};
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_ATTRIBUTES: cause } =
    WorkflowTaskFailedCause;
  if (!given.workflowId)
    throw new TaskProblem(cause, 'WorkflowId is not set on RequestCancelExternalWorkflowExecutionCommand.');
  const { runId } = given;
  if (runId && !isRunId(runId)) {
    const namespace = given.namespace || t.execution.run.namespace;
    throw new TaskProblem(
      cause,
      `Invalid RunId set on RequestCancelExternalWorkflowExecutionCommand. WorkflowId=${given.workflowId} RunId=${runId} Namespace=${namespace}`,
    );
  }
  requireRoom(t.execution.outgoingCancels.size, {
    limit: t.around.limits.pendingCancels,
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_REQUEST_CANCEL_LIMIT_EXCEEDED,
    what: 'pending requests to cancel external workflows',
  });
  const startedHere = [...t.execution.children.values()].some(
    (child) => child.attributes.workflowId === given.workflowId && child.initiatedEventId > taskEventId,
  );
  if (startedHere) {
    throw new TaskProblem(cause, 'Start and RequestCancel for child workflow is not allowed in same workflow task.');
  }
  const attributes: AttributesOf<'cancelExternalInitiated'> = {
    workflowTaskCompletedEventId: taskEventId,
    ...target(context, given.namespace, cause),
    workflowExecution: { workflowId: given.workflowId, runId: given.runId ?? '' },
    control: given.control ?? '',
    childWorkflowOnly: given.childWorkflowOnly ?? false,
    reason: given.reason ?? '',
  };
  t.record('cancelExternalInitiated', attributes, metadataOf(command));
};

export const startChild: CommandHandler = (context, command) => {
  const { t, taskEventId, lookups } = context;
  const given = command.startChildWorkflowExecutionCommandAttributes ?? {};
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_START_CHILD_EXECUTION_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  const bad = (detail: string) => new TaskProblem(cause, detail);
  if (!given.workflowId) throw bad('Required field WorkflowId is not set on command.');
  const space = given.namespace || t.execution.run.namespace;
  if (!given.workflowType?.name) {
    throw bad(
      `Required field WorkflowType is not set on StartChildWorkflowExecutionCommand. WorkflowId=${given.workflowId} Namespace=${space}`,
    );
  }
  const named = `WorkflowId=${given.workflowId} WorkflowType=${given.workflowType.name} Namespace=${space}`;
  const queue = given.taskQueue?.name ? queueProblem(given.taskQueue, t.around.limits.idLength) : undefined;
  if (queue !== undefined) {
    throw bad(
      `invalid TaskQueue on StartChildWorkflowExecutionCommand: ${queue}. ${named} TaskQueue=${queueText(given.taskQueue)}`,
    );
  }
  if (given.workflowId.length > t.around.limits.idLength)
    throw bad('WorkflowId on StartChildWorkflowExecutionCommand exceeds length limit.');
  for (const field of ['workflowExecutionTimeout', 'workflowRunTimeout', 'workflowTaskTimeout'] as const) {
    const name = field.charAt(0).toUpperCase() + field.slice(1);
    if (durationMs(given[field]) < 0) throw bad(`Invalid ${name}: negative duration`);
  }
  const retryPolicy = given.retryPolicy ? completedPolicy(given.retryPolicy) : undefined;
  const problem = retryPolicy && policyProblem(retryPolicy);
  if (problem !== undefined)
    throw bad(`invalid WorkflowRetryPolicy on StartChildWorkflowExecutionCommand: ${problem}. ${named}`);
  const limit = t.around.limits.pendingChildren;
  if (t.execution.children.size >= limit) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_CHILD_WORKFLOWS_LIMIT_EXCEEDED,
      `the number of pending child workflow executions, ${t.execution.children.size}, has reached the per-workflow limit of ${limit}`,
    );
  }
  const where = target(context, given.namespace, cause);
  const executionMs = durationMs(given.workflowExecutionTimeout);
  const runMs = durationMs(given.workflowRunTimeout);
  const run = executionMs > 0 && (runMs === 0 || runMs > executionMs) ? executionMs : runMs;
  const attributes: AttributesOf<'childInitiated'> = {
    namespace: where.namespace || t.execution.run.namespace,
    namespaceId: where.namespaceId,
    workflowId: given.workflowId,
    workflowType: given.workflowType,
    taskQueue: {
      name: given.taskQueue?.name || t.execution.options.taskQueue,
      kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL,
    },
    workflowRunTimeout: duration(run),
    workflowTaskTimeout: duration(Math.min(durationMs(given.workflowTaskTimeout) || 10_000, run || Infinity)),
    parentClosePolicy: given.parentClosePolicy || ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE,
    workflowTaskCompletedEventId: taskEventId,
    workflowIdReusePolicy:
      given.workflowIdReusePolicy || WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    control: given.control ?? '',
    cronSchedule: given.cronSchedule ?? '',
  };
  if (given.workflowExecutionTimeout) attributes.workflowExecutionTimeout = given.workflowExecutionTimeout;
  if (retryPolicy) attributes.retryPolicy = retryPolicy;
  if (given.inheritBuildId) attributes.inheritBuildId = true;
  if (Object.keys(given.memo?.fields ?? {}).length > 0) attributes.memo = given.memo;
  for (const key of ['input', 'header', 'priority'] as const) {
    if (given[key]) Object.assign(attributes, { [key]: given[key] });
  }
  const fields = given.searchAttributes?.indexedFields;
  if (fields) attributes.searchAttributes = { indexedFields: checkedAttributes(lookups.searchAttributes, fields) };
  t.record('childInitiated', attributes, metadataOf(command));
};

function checkedAttributes(
  check: CommandContext['lookups']['searchAttributes'],
  fields: Parameters<CommandContext['lookups']['searchAttributes']>[0],
) {
  try {
    return check(fields);
  } catch (error) {
    const { WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
    throw new TaskProblem(cause, error instanceof Error ? error.message : String(error));
  }
}

import { ParentClosePolicy, WorkflowIdReusePolicy, WorkflowTaskFailedCause } from '@reprise/proto';
import { bounded, durationProblem } from '../../bounded-duration.ts';
import type { AttributesOf } from '../../event-kinds.ts';
import { filledFields, filledMemo } from '../../filled-fields.ts';
import { fieldsBytes, payloadsBytes } from '../../payload-size.ts';
import { priorityProblem } from '../../priority.ts';
import { completedPolicy, policyProblem } from '../../retry.ts';
import { completedQueue, queueText, workQueueProblem } from '../../task-queue.ts';
import { TaskProblem } from '../../task-problem.ts';
import type { Transition } from '../../transition.ts';
import { utf8Length } from '../../utf8-length.ts';
import type { Command, Payload } from '../../wire.ts';
import { duration, durationMs } from '../../wire.ts';
import { orProblem, requireMemoSize, requireRoom, requireSameQueue, requireSize } from './command-checks.ts';
import { type CommandContext, type CommandHandler, metadataOf } from './command-context.ts';
import { type CommandTarget, commandTarget } from './command-target.ts';

type Attributes = NonNullable<Command['startChildWorkflowExecutionCommandAttributes']>;

const {
  WORKFLOW_TASK_FAILED_CAUSE_BAD_START_CHILD_EXECUTION_ATTRIBUTES: cause,
  WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES: badAttributes,
} = WorkflowTaskFailedCause;
const bad = (detail: string) => new TaskProblem(cause, detail);
const onCommand = 'on StartChildWorkflowExecutionCommand';
const timeouts = ['workflowExecutionTimeout', 'workflowRunTimeout', 'workflowTaskTimeout'] as const;

export const startChild: CommandHandler = (context, command) => {
  const { t } = context;
  const given = command.startChildWorkflowExecutionCommandAttributes;
  const target = commandTarget(context, given?.namespace);
  if (!given) throw bad(`StartChildWorkflowExecutionCommandAttributes is not set ${onCommand}.`);
  const fields = given.searchAttributes?.indexedFields ?? {};
  const { searchAttributes } = context.lookups;
  orProblem(
    () => searchAttributes.requireMapped(fields),
    (detail) => new TaskProblem(badAttributes, detail),
  );
  target.requireSame(bad);
  const named = checkNames(context, given);
  checkOptions(t, given, named);
  const indexedFields = orProblem(
    () => searchAttributes.typed(fields),
    (detail) =>
      new TaskProblem(badAttributes, `invalid SearchAttributes on StartChildWorkflowCommand: ${detail}. ${named}`),
  );
  checkPlace(t, given, named);
  requireSameQueue(t, { usesBuild: given.inheritBuildId, queue: given.taskQueue?.name }, () =>
    bad('StartChildWorkflowExecution with UseCompatibleVersion cannot run on different task queue.'),
  );
  checkSizes(context, given, indexedFields);
  requireRoom(t.execution.children.size, {
    limit: t.around.limits.pendingChildren,
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_CHILD_WORKFLOWS_LIMIT_EXCEEDED,
    what: 'pending child workflow executions',
  });
  const attributes = initiatedAttributes(context, { given, target });
  const filled = filledFields(indexedFields);
  if (Object.keys(filled).length > 0) attributes.searchAttributes = { indexedFields: filled };
  t.record('childInitiated', attributes, metadataOf(command));
};

/** @returns how messages name the child */
function checkNames({ t }: CommandContext, given: Attributes): string {
  const namespace = `Namespace=${given.namespace || t.execution.run.namespace}`;
  const { workflowId: id } = given;
  const type = given.workflowType?.name ?? '';
  if (!id) throw bad(`Required field WorkflowId is not set ${onCommand}. WorkflowType=${type} ${namespace}`);
  if (!type) throw bad(`Required field WorkflowType is not set ${onCommand}. WorkflowId=${id} ${namespace}`);
  const most = t.around.limits.idLength;
  if (utf8Length(id) > most) {
    const length = `Length=${utf8Length(id)} Limit=${most}`;
    throw bad(
      `WorkflowId ${onCommand} exceeds length limit. WorkflowId=${id} ${length} WorkflowType=${type} ${namespace}`,
    );
  }
  const named = `WorkflowId=${id} WorkflowType=${type}`;
  if (utf8Length(type) > most) {
    const length = `Length=${utf8Length(type)} Limit=${most}`;
    throw bad(`WorkflowType ${onCommand} exceeds length limit. ${named} ${length} ${namespace}`);
  }
  return `${named} ${namespace}`;
}

function checkOptions(t: Transition, given: Attributes, named: string): void {
  for (const field of timeouts) {
    const name = field.charAt(0).toUpperCase() + field.slice(1);
    const problem = durationProblem(given[field]);
    if (problem !== undefined) throw bad(`Invalid ${name} ${onCommand}: ${problem}. ${named}`);
  }
  const policy = given.retryPolicy ? policyProblem(completedPolicy(given.retryPolicy)) : undefined;
  if (policy !== undefined) throw bad(`invalid WorkflowRetryPolicy ${onCommand}: ${policy}. ${named}`);
  const cron = given.cronSchedule ? t.around.cronProblem(given.cronSchedule) : undefined;
  if (cron !== undefined) throw bad(`invalid CronSchedule ${onCommand}: ${cron}. ${named}`);
}

function checkPlace(t: Transition, given: Attributes, named: string): void {
  const priority = priorityProblem(given.priority);
  if (priority !== undefined) throw bad(priority);
  const queue = completedQueue(given.taskQueue, t.execution.options.taskQueue);
  const problem = workQueueProblem(queue, t.around.limits.idLength, t.execution.options.taskQueue);
  if (problem === undefined) return;
  throw bad(`invalid TaskQueue ${onCommand}: ${problem}. ${named} TaskQueue=${queueText(queue)}`);
}

function checkSizes({ t, lookups }: CommandContext, given: Attributes, fields: { [key: string]: Payload }): void {
  const what = 'StartChildWorkflowExecutionCommandAttributes';
  requireSize(t, { bytes: payloadsBytes(given.input), cause, message: `${what}. Input exceeds size limit.` });
  requireMemoSize(t, { bytes: fieldsBytes(given.memo?.fields), cause, message: `${what}.Memo exceeds size limit.` });
  orProblem(
    () => lookups.searchAttributes.requireSize(fields),
    (detail) => new TaskProblem(cause, detail, { terminates: true }),
  );
}

function initiatedAttributes(
  { t, taskEventId }: CommandContext,
  { given, target }: { given: Attributes; target: CommandTarget },
): AttributesOf<'childInitiated'> {
  const executionMs = durationMs(bounded(given.workflowExecutionTimeout));
  const askedMs = durationMs(bounded(given.workflowRunTimeout));
  const runMs = executionMs > 0 && (askedMs === 0 || askedMs > executionMs) ? executionMs : askedMs;
  const taskMs = Math.min(durationMs(given.workflowTaskTimeout) || 10_000, t.around.limits.maxTaskTimeoutMs);
  const attributes: AttributesOf<'childInitiated'> = {
    namespace: target.namespace || t.execution.run.namespace,
    namespaceId: target.namespaceId,
    workflowId: given.workflowId,
    workflowType: given.workflowType,
    taskQueue: completedQueue(given.taskQueue, t.execution.options.taskQueue),
    workflowRunTimeout: duration(runMs),
    workflowTaskTimeout: duration(Math.min(taskMs, runMs || Infinity)),
    parentClosePolicy: given.parentClosePolicy || ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE,
    workflowTaskCompletedEventId: taskEventId,
    workflowIdReusePolicy:
      given.workflowIdReusePolicy || WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    control: given.control ?? '',
    cronSchedule: given.cronSchedule ?? '',
  };
  if (given.workflowExecutionTimeout) attributes.workflowExecutionTimeout = bounded(given.workflowExecutionTimeout);
  if (given.retryPolicy) attributes.retryPolicy = completedPolicy(given.retryPolicy);
  if (given.inheritBuildId) attributes.inheritBuildId = true;
  const memo = filledMemo(given.memo);
  if (memo) attributes.memo = memo;
  for (const key of ['input', 'header', 'priority'] as const) {
    if (given[key]) Object.assign(attributes, { [key]: given[key] });
  }
  return attributes;
}

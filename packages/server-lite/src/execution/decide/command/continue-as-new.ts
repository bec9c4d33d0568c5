import { ContinueAsNewInitiator, WorkflowTaskFailedCause } from '@reprise/proto';
import { bounded, durationProblem } from '../../bounded-duration.ts';
import type { AttributesOf } from '../../event-kinds.ts';
import { filledFields, filledMemo } from '../../filled-fields.ts';
import { type ContinueCommand, nextRun } from '../../next-run.ts';
import { fieldsBytes, payloadsBytes } from '../../payload-size.ts';
import { completedPolicy, policyProblem } from '../../retry.ts';
import { completedQueue, queueText, workQueueProblem } from '../../task-queue.ts';
import { TaskProblem } from '../../task-problem.ts';
import type { Transition } from '../../transition.ts';
import { utf8Length } from '../../utf8-length.ts';
import { duration, durationMs } from '../../wire.ts';
import { orProblem, requireMemoSize, requireNothingUnseen, requireSameQueue, requireSize } from './command-checks.ts';
import type { CommandContext, CommandHandler } from './command-context.ts';

const {
  WORKFLOW_TASK_FAILED_CAUSE_BAD_CONTINUE_AS_NEW_ATTRIBUTES: cause,
  WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES: badAttributes,
} = WorkflowTaskFailedCause;
const bad = (detail: string) => new TaskProblem(cause, detail);
const onCommand = 'on ContinueAsNewWorkflowExecutionCommand';

export const continueAsNew: CommandHandler = (context, command) => {
  requireNothingUnseen(context);
  const { t, lookups } = context;
  const given = command.continueAsNewWorkflowExecutionCommandAttributes;
  const fields = given?.searchAttributes?.indexedFields ?? {};
  orProblem(
    () => lookups.searchAttributes.requireMapped(fields),
    (detail) => new TaskProblem(badAttributes, detail),
  );
  if (!given) throw bad(`ContinueAsNewWorkflowExecutionCommandAttributes is not set ${onCommand}.`);
  const completed = completedCommand(t, given);
  const named = checkOptions(t, completed);
  const indexedFields = orProblem(
    () => lookups.searchAttributes.typed(fields),
    (detail) => new TaskProblem(badAttributes, `invalid SearchAttributes ${onCommand}: ${detail}. ${named}`),
  );
  requireSameQueue(t, { usesBuild: given.inheritBuildId, queue: given.taskQueue?.name }, () =>
    bad('ContinueAsNew with UseCompatibleVersion cannot run on different task queue.'),
  );
  checkSizes(context, given);
  const filled = filledFields(indexedFields);
  const attributes: ContinueCommand = {
    ...completed,
    memo: filledMemo(given.memo),
    searchAttributes: Object.keys(filled).length > 0 ? { indexedFields: filled } : undefined,
  };
  const { CONTINUE_AS_NEW_INITIATOR_WORKFLOW: workflow, CONTINUE_AS_NEW_INITIATOR_RETRY: retry } =
    ContinueAsNewInitiator;
  const newExecutionRunId = nextRun(t, {
    initiator: given.initiator || workflow,
    attempt: given.initiator === retry ? (t.execution.started.attempt ?? 1) + 1 : 1,
    backoffMs: durationMs(given.backoffStartInterval),
    failure: given.failure,
    result: given.lastCompletionResult,
    command: attributes,
  });
  t.record('continuedAsNew', continuedEvent(context, { attributes, newExecutionRunId }));
};

/** With what the command leaves open taken from the run that it ends. */
function completedCommand(t: Transition, given: ContinueCommand): ContinueCommand {
  const { started, options } = t.execution;
  const executionMs = durationMs(started.workflowExecutionTimeout);
  const askedMs = durationMs(bounded(given.workflowRunTimeout)) || options.runTimeoutMs;
  const runMs = executionMs > 0 && (askedMs === 0 || askedMs > executionMs) ? executionMs : askedMs;
  const taskMs = Math.min(
    durationMs(given.workflowTaskTimeout) || options.taskTimeoutMs,
    t.around.limits.maxTaskTimeoutMs,
    runMs || Infinity,
  );
  return {
    ...given,
    workflowType: given.workflowType?.name ? given.workflowType : started.workflowType,
    taskQueue: completedQueue(given.taskQueue, options.taskQueue),
    ...(durationProblem(given.workflowRunTimeout) === undefined ? { workflowRunTimeout: duration(runMs) } : {}),
    ...(durationProblem(given.workflowTaskTimeout) === undefined ? { workflowTaskTimeout: duration(taskMs) } : {}),
    ...(given.backoffStartInterval ? { backoffStartInterval: bounded(given.backoffStartInterval) } : {}),
  };
}

/** @returns how messages name the new run */
function checkOptions(t: Transition, completed: ContinueCommand): string {
  const type = completed.workflowType?.name ?? '';
  const most = t.around.limits.idLength;
  if (utf8Length(type) > most) {
    throw bad(
      `WorkflowType ${onCommand} exceeds length limit. WorkflowType=${type} Length=${utf8Length(type)} Limit=${most}`,
    );
  }
  const named = `WorkflowType=${type} TaskQueue=${queueText(completed.taskQueue ?? {})}`;
  const queue = workQueueProblem(completed.taskQueue, most, t.execution.options.taskQueue);
  if (queue !== undefined) {
    throw bad(`error validating ContinueAsNewWorkflowExecutionCommand TaskQueue: ${queue}. ${named}`);
  }
  for (const field of ['workflowRunTimeout', 'workflowTaskTimeout', 'backoffStartInterval'] as const) {
    const name = field.charAt(0).toUpperCase() + field.slice(1);
    const problem = durationProblem(completed[field]);
    if (problem !== undefined) throw bad(`Invalid ${name} ${onCommand}: ${problem}. ${named}`);
  }
  const policy = completed.retryPolicy ? policyProblem(completedPolicy(completed.retryPolicy)) : undefined;
  if (policy !== undefined) throw bad(`invalid WorkflowRetryPolicy ${onCommand}: ${policy}. ${named}`);
  return named;
}

function checkSizes({ t, lookups }: CommandContext, given: ContinueCommand): void {
  const what = 'ContinueAsNewWorkflowExecutionCommandAttributes.';
  requireSize(t, { bytes: payloadsBytes(given.input), cause, message: `${what} Input exceeds size limit.` });
  requireMemoSize(t, { bytes: fieldsBytes(given.memo?.fields), cause, message: `${what} Memo exceeds size limit.` });
  orProblem(
    () => lookups.searchAttributes.requireSize(given.searchAttributes?.indexedFields ?? {}),
    (detail) => new TaskProblem(cause, detail, { terminates: true }),
  );
}

function continuedEvent(
  { taskEventId }: CommandContext,
  { attributes, newExecutionRunId }: { attributes: ContinueCommand; newExecutionRunId: string },
): AttributesOf<'continuedAsNew'> {
  const event: AttributesOf<'continuedAsNew'> = { newExecutionRunId, workflowTaskCompletedEventId: taskEventId };
  for (const key of [
    'workflowType',
    'taskQueue',
    'workflowRunTimeout',
    'workflowTaskTimeout',
    'initiator',
    'input',
    'backoffStartInterval',
    'failure',
    'lastCompletionResult',
    'header',
    'memo',
    'searchAttributes',
  ] as const) {
    if (attributes[key]) Object.assign(event, { [key]: attributes[key] });
  }
  if (attributes.inheritBuildId) event.inheritBuildId = true;
  return event;
}

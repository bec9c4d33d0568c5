/** The commands that end a run. */
import { ContinueAsNewInitiator, TaskQueueKind, WorkflowTaskFailedCause } from '@reprise/proto';
import type { AttributesOf } from '../../event-kinds.ts';
import { nextRun } from '../../next-run.ts';
import { TaskProblem } from '../../task-problem.ts';
import { duration, durationMs } from '../../wire.ts';
import { cancelRun, completeRun, failRun } from '../close-run.ts';
import { payloadsBytes } from '../../payload-size.ts';
import { completedPolicy, policyProblem } from '../../retry.ts';
import { queueText, requireSize as requirePayloadSize } from './command-checks.ts';
import type { CommandContext, CommandHandler } from './command-context.ts';

/** What came in while the task ran must be seen before the run may end. */
function requireNothingUnseen({ t }: CommandContext): void {
  if (t.execution.buffered.length > 0) {
    throw new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND);
  }
}

/** The cause is that of activities, as the service has it. */
function requireSize({ t }: CommandContext, bytes: number, message: string): void {
  const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES;
  requirePayloadSize(t, { bytes, cause, message });
}

export const completeWorkflow: CommandHandler = (context, command) => {
  requireNothingUnseen(context);
  const result = command.completeWorkflowExecutionCommandAttributes?.result;
  requireSize(context, payloadsBytes(result), 'CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.');
  completeRun(context.t, { result, taskEventId: context.taskEventId });
};

export const failWorkflow: CommandHandler = (context, command) => {
  requireNothingUnseen(context);
  const failure = command.failWorkflowExecutionCommandAttributes?.failure;
  if (!failure) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES,
      'Failure is not set on FailWorkflowExecutionCommand.',
    );
  }
  failRun(context.t, { failure, taskEventId: context.taskEventId });
};

export const cancelWorkflow: CommandHandler = (context, command) => {
  requireNothingUnseen(context);
  const details = command.cancelWorkflowExecutionCommandAttributes?.details;
  cancelRun(context.t, { details, taskEventId: context.taskEventId });
};

export const continueAsNew: CommandHandler = (context, command) => {
  requireNothingUnseen(context);
  const { t, taskEventId, lookups } = context;
  const given = command.continueAsNewWorkflowExecutionCommandAttributes ?? {};
  const bad = (detail: string) =>
    new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CONTINUE_AS_NEW_ATTRIBUTES, detail);
  const type = given.workflowType?.name ? given.workflowType : t.execution.started.workflowType;
  const queue = given.taskQueue?.name ? given.taskQueue : t.execution.started.taskQueue;
  const named = `WorkflowType=${type?.name} TaskQueue=${queueText(queue)}`;
  for (const field of ['workflowRunTimeout', 'workflowTaskTimeout', 'backoffStartInterval'] as const) {
    if (durationMs(given[field]) >= 0) continue;
    const name = field.charAt(0).toUpperCase() + field.slice(1);
    throw bad(`Invalid ${name} on ContinueAsNewWorkflowExecutionCommand: negative duration. ${named}`);
  }
  const problem = given.retryPolicy ? policyProblem(completedPolicy(given.retryPolicy)) : undefined;
  if (problem !== undefined)
    throw bad(`invalid WorkflowRetryPolicy on ContinueAsNewWorkflowExecutionCommand: ${problem}. ${named}`);
  requirePayloadSize(t, {
    bytes: payloadsBytes(given.input),
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CONTINUE_AS_NEW_ATTRIBUTES,
    message: 'ContinueAsNewWorkflowExecutionCommandAttributes. Input exceeds size limit.',
  });
  const fields = given.searchAttributes?.indexedFields;
  const searchAttributes = fields ? { searchAttributes: { indexedFields: lookups.searchAttributes(fields) } } : {};
  const attributes = { ...given, ...searchAttributes };
  const newExecutionRunId = nextRun(t, {
    initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_WORKFLOW,
    attempt: 1,
    backoffMs: durationMs(given.backoffStartInterval),
    failure: given.failure,
    result: given.lastCompletionResult,
    command: attributes,
  });
  t.record('continuedAsNew', continuedEvent(context, { attributes, newExecutionRunId, taskEventId }));
};

function continuedEvent(
  { t }: CommandContext,
  options: {
    attributes: NonNullable<Parameters<CommandHandler>[1]['continueAsNewWorkflowExecutionCommandAttributes']>;
    newExecutionRunId: string;
    taskEventId: number;
  },
): AttributesOf<'continuedAsNew'> {
  const { attributes, newExecutionRunId, taskEventId } = options;
  const { started, options: run } = t.execution;
  const event: AttributesOf<'continuedAsNew'> = {
    newExecutionRunId,
    workflowType: attributes.workflowType?.name ? attributes.workflowType : started.workflowType,
    taskQueue: { name: attributes.taskQueue?.name || run.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    workflowRunTimeout: duration(durationMs(attributes.workflowRunTimeout) || run.runTimeoutMs),
    workflowTaskTimeout: duration(durationMs(attributes.workflowTaskTimeout) || run.taskTimeoutMs),
    workflowTaskCompletedEventId: taskEventId,
  };
  for (const key of [
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

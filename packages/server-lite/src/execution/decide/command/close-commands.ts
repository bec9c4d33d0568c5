/** The commands that end a run. */
import { WorkflowTaskFailedCause } from '@reprise/proto';
import { failureBytes, payloadsBytes } from '../../payload-size.ts';
import { TaskProblem } from '../../task-problem.ts';
import { cancelRun, completeRun, failRun } from '../close-run.ts';
import { requireNothingUnseen, requireSize } from './command-checks.ts';
import type { CommandHandler } from './command-context.ts';

export const completeWorkflow: CommandHandler = (context, command) => {
  requireNothingUnseen(context);
  const given = command.completeWorkflowExecutionCommandAttributes;
  if (!given) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_COMPLETE_WORKFLOW_EXECUTION_ATTRIBUTES,
      'CompleteWorkflowExecutionCommandAttributes is not set on CompleteWorkflowExecutionCommand.',
    );
  }
  requireSize(context.t, {
    bytes: payloadsBytes(given.result),
    // The cause is that of activities, as the service has it.
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES,
    message: 'CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.',
  });
  completeRun(context.t, { result: given.result, taskEventId: context.taskEventId });
};

export const failWorkflow: CommandHandler = (context, command) => {
  requireNothingUnseen(context);
  const given = command.failWorkflowExecutionCommandAttributes;
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  const onCommand = 'is not set on FailWorkflowExecutionCommand.';
  if (!given) throw new TaskProblem(cause, `FailWorkflowExecutionCommandAttributes ${onCommand}`);
  const { failure } = given;
  if (!failure) throw new TaskProblem(cause, `Failure ${onCommand}`);
  requireSize(context.t, {
    bytes: failureBytes(failure),
    cause,
    message: 'FailWorkflowExecutionCommandAttributes.Failure exceeds size limit.',
  });
  failRun(context.t, { failure, taskEventId: context.taskEventId });
};

export const cancelWorkflow: CommandHandler = (context, command) => {
  requireNothingUnseen(context);
  const given = command.cancelWorkflowExecutionCommandAttributes;
  if (!given) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_WORKFLOW_EXECUTION_ATTRIBUTES,
      'CancelWorkflowExecutionCommandAttributes is not set on CancelWorkflowExecutionCommand.',
    );
  }
  cancelRun(context.t, { details: given.details, taskEventId: context.taskEventId });
};

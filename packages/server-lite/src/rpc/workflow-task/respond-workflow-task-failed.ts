import { WorkflowTaskFailedCause } from '@reprise/proto';
import { terminateRun } from '../../execution/decide/close-run.ts';
import { requireStartedTask } from '../../execution/decide/complete-workflow-task.ts';
import { failWorkflowTask } from '../../execution/decide/fail-workflow-task.ts';
import { requireOpen } from '../../execution/decide/signal.ts';
import { scheduleWorkflowTask } from '../../execution/decide/schedule-workflow-task.ts';
import { isRunning } from '../../execution/execution.ts';
import type { WorkflowHandler } from '../rpc.ts';
import { answeredRun } from '../task/token-run.ts';

export const respondWorkflowTaskFailed: WorkflowHandler<'respondWorkflowTaskFailed'> = async (request, ctx) => {
  const { token, run } = answeredRun(ctx, request);
  const tooLarge = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_GRPC_MESSAGE_TOO_LARGE;
  const ends = request.cause === tooLarge;
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) => {
      requireOpen(t);
      requireStartedTask(t, token);
      if (ends) return terminateRun(t, { reason: 'GrpcMessageTooLarge', identity: 'history-service' });
      failWorkflowTask(t, {
        cause: request.cause ?? WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNSPECIFIED,
        failure: request.failure,
        identity: request.identity ?? '',
        binaryChecksum: request.binaryChecksum,
      });
      scheduleWorkflowTask(t);
    }),
  );
  ctx.system.queries.taskFailed(run, !isRunning(ctx.engine.read(run)));
  return {};
};

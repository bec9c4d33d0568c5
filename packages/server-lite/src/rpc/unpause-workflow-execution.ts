import { failedPrecondition, invalidArgument } from '../errors.ts';
import { requestRun } from './request-run.ts';
import type { WorkflowHandler } from './rpc.ts';

/** None ever is paused. */
export const unpauseWorkflowExecution: WorkflowHandler<'unpauseWorkflowExecution'> = async (request, ctx) => {
  if (!request.workflowId) throw invalidArgument("Can't load workflow execution.  WorkflowId not set.");
  requestRun(ctx, { workflowId: request.workflowId, runId: request.runId });
  throw failedPrecondition('workflow is not paused.');
};

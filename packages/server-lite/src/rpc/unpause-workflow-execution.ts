import { failedPrecondition } from '../errors.ts';
import { requestRun } from './request-run.ts';
import type { WorkflowHandler } from './rpc.ts';

/** None ever is paused. */
export const unpauseWorkflowExecution: WorkflowHandler<'unpauseWorkflowExecution'> = async (request, ctx) => {
  requestRun(ctx, { workflowId: request.workflowId, runId: request.runId });
  throw failedPrecondition('workflow is not paused.');
};

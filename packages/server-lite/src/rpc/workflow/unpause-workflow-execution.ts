import { failedPrecondition, invalidArgument, notFound } from '../../errors.ts';
import { isRunning } from '../../execution/execution.ts';
import { isUuid } from '../../execution/uuid-text.ts';
import { requestRun } from '../request-run.ts';
import type { WorkflowHandler } from '../rpc.ts';
import { byteLength } from '../validate.ts';

/** None ever is paused. */
export const unpauseWorkflowExecution: WorkflowHandler<'unpauseWorkflowExecution'> = async (request, ctx) => {
  const texts = [
    ['reason', request.reason],
    ['request id', request.requestId],
    ['identity', request.identity],
  ] as const;
  for (const [name, text] of texts) {
    if (byteLength(text ?? '') > ctx.config.get('limit.maxIDLength')) throw invalidArgument(`${name} is too long.`);
  }
  if (!request.workflowId) throw invalidArgument("Can't load workflow execution.  WorkflowId not set.");
  if (request.runId && !isUuid(request.runId)) throw invalidArgument('RunId is not valid UUID.');
  const run = requestRun(ctx, { workflowId: request.workflowId, runId: request.runId });
  if (!isRunning(ctx.engine.read(run))) throw notFound('workflow execution already completed');
  throw failedPrecondition('workflow is not paused.');
};

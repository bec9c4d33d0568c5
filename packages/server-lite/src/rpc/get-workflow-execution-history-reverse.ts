import { invalidArgument } from '../errors.ts';
import { decodeBatch } from '../run-codec.ts';
import { readHistoryToken, writeHistoryToken } from './history-page.ts';
import { checkExecution, requestRun } from './request-run.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';

export const getWorkflowExecutionHistoryReverse: WorkflowHandler<'getWorkflowExecutionHistoryReverse'> = async (
  request,
  ctx,
) => {
  const { workflowId, runId } = checkExecution(request.execution);
  const token = request.nextPageToken?.length ? readHistoryToken(request.nextPageToken) : undefined;
  if (token && runId && runId !== token.runId) {
    throw invalidArgument('RunId in the request does not match the NextPageToken.');
  }
  const run = token
    ? ctx.engine.require(requireNamespace(ctx).id, workflowId, token.runId)
    : requestRun(ctx, request.execution);
  const fromEventId = token?.nextEventId ?? Number.MAX_SAFE_INTEGER;
  const asked = request.maximumPageSize ?? 0;
  const most = ctx.config.get('frontend.historyMaxPageSize');
  const limit = asked > 0 ? Math.min(asked, most) : most;
  const batches = ctx.system.store.readBatchesReverse(run.key, { fromEventId, limit });
  const events = batches.flatMap((batch) => decodeBatch(batch).reverse());
  const last = events.at(-1)?.eventId ?? 1;
  const next = { runId: run.runId, nextEventId: last - 1, endEventId: 0, withQuiet: false };
  return { history: { events }, ...(last > 1 ? { nextPageToken: writeHistoryToken(next) } : {}) };
};

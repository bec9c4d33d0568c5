import { decodeBatch } from '../run-codec.ts';
import { historyRun, writeHistoryToken } from './history-page.ts';
import type { WorkflowHandler } from './rpc.ts';

export const getWorkflowExecutionHistoryReverse: WorkflowHandler<'getWorkflowExecutionHistoryReverse'> = async (
  request,
  ctx,
) => {
  const { run, token } = historyRun(ctx, request);
  await ctx.engine.stored(run);
  const fromEventId = token?.nextEventId ?? Number.MAX_SAFE_INTEGER;
  const asked = request.maximumPageSize ?? 0;
  const most = ctx.config.get('frontend.historyMaxPageSize');
  const limit = asked > 0 ? Math.min(asked, most) : most;
  const batches = ctx.system.store.readBatchesReverse(run.key, { fromEventId, limit });
  const events = batches.flatMap((batch) => decodeBatch(batch).reverse());
  const last = events.at(-1)?.eventId ?? 1;
  const { workflowId, runId } = run;
  const next = { workflowId, runId, nextEventId: last - 1, endEventId: 0, withQuiet: false };
  return { history: { events }, ...(last > 1 ? { nextPageToken: writeHistoryToken(next) } : {}) };
};

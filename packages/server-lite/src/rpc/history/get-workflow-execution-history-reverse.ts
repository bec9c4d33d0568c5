import type { RunRef } from '../../execution/run-ref.ts';
import type { HistoryEvent } from '../../execution/wire.ts';
import { decodeBatch } from '../../runs/run-codec.ts';
import { historyRun, writeHistoryToken } from './history-page.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';

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
  const events = readReverse(ctx, run, { fromEventId, limit });
  const last = events.at(-1)?.eventId ?? 1;
  const { workflowId, runId } = run;
  const next = { workflowId, runId, nextEventId: last - 1, endEventId: 0, withQuiet: false };
  return { history: { events }, ...(last > 1 ? { nextPageToken: writeHistoryToken(next) } : {}) };
};

/** The newest first. Like pages that are read forwards, one that has enough ends where a stretch of history does. */
function readReverse(ctx: RpcContext, run: RunRef, options: { fromEventId: number; limit: number }): HistoryEvent[] {
  const { limit } = options;
  const events: HistoryEvent[] = [];
  let { fromEventId } = options;
  do {
    const fork = ctx.engine.read(run).forks.findLast((start) => start <= fromEventId) ?? 1;
    const batches = ctx.system.store.readBatchesReverse(run.key, { fromEventId, limit });
    const read = batches.flatMap((batch) => decodeBatch(batch).reverse());
    events.push(...read.filter(({ eventId }) => (eventId ?? 0) >= fork));
    fromEventId = (events.at(-1)?.eventId ?? 1) - 1;
    if (fromEventId >= fork) return events;
  } while (fromEventId > 0 && events.length < limit);
  return events;
}

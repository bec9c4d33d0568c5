import { HistoryEventFilterType, type temporal } from '@reprise/proto';
import type { RunRow } from '../../store/store.ts';
import { closeEventFor } from './close-event.ts';
import {
  type HistoryToken,
  historyRun,
  pendingTaskEvents,
  readPage,
  requireNamed,
  writeHistoryToken,
} from './history-page.ts';
import { historyPollOptions } from '../long-poll.ts';
import type { RpcContext, WorkflowHandler } from '../rpc.ts';

type Response = temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;

const quietClients: ReadonlySet<string> = new Set(['temporal-cli', 'temporal-ui']);

export const getWorkflowExecutionHistory: WorkflowHandler<'getWorkflowExecutionHistory'> = async (request, ctx) => {
  const { run, token } = historyRun(ctx, request);
  await ctx.engine.stored(run);
  const isCloseOnly = request.historyEventFilterType === HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT;
  const waits = request.waitNewEvent === true;
  if (waits || isCloseOnly) requireNamed(ctx, request, run);
  if (isCloseOnly) return await closeEvent(ctx, run, waits);
  const asked = request.maximumPageSize ?? 0;
  const most = ctx.config.get('frontend.historyMaxPageSize');
  const limit = asked > 0 ? Math.min(asked, most) : most;
  const shown = await page(ctx, run, { token, limit, waits });
  if (!shown.nextPageToken) requireNamed(ctx, request, run);
  return shown;
};

/** And its last event is stored: in memory a run may be ahead of what others may hear of. */
function isClosed(ctx: RpcContext, run: RunRow): boolean {
  const { closed } = ctx.engine.read(run);
  if (!closed) return false;
  return ctx.system.store.readBatches(run.key, { fromEventId: closed.event.eventId ?? 0, limit: 1 }).length > 0;
}

async function closeEvent(ctx: RpcContext, run: RunRow, waits: boolean): Promise<Response> {
  const options = historyPollOptions(ctx);
  while (waits && !isClosed(ctx, run)) if (!(await ctx.engine.waiters.changed(run.key, options))) break;
  const { closed } = ctx.engine.read(run);
  if (closed && isClosed(ctx, run)) return { history: { events: [closeEventFor(closed.event, ctx.call.headers)] } };
  const { workflowId, runId } = run;
  const token: HistoryToken = { workflowId, runId, nextEventId: 1, endEventId: 0, withQuiet: false };
  return { history: { events: [] }, ...(waits ? { nextPageToken: writeHistoryToken(token) } : {}) };
}

async function page(
  ctx: RpcContext,
  run: RunRow,
  { token, limit, waits }: { token: HistoryToken | undefined; limit: number; waits: boolean },
): Promise<Response> {
  const fromEventId = token?.nextEventId ?? 1;
  const endEventId = token?.endEventId ?? 0;
  if (waits && token) await untilMore(ctx, run, fromEventId);
  const read = readPage(ctx, run, { fromEventId, endEventId, limit });
  const { workflowId, runId } = run;
  if (read.nextEventId > 0) {
    const next = { workflowId, runId, nextEventId: read.nextEventId, endEventId, withQuiet: token?.withQuiet ?? false };
    return { history: { events: read.events }, nextPageToken: writeHistoryToken(next) };
  }
  const isTold = ctx.config.get('history.sendTransientOrSpeculativeWorkflowTaskEvents');
  const showsQuiet = token?.withQuiet || (isTold && !quietClients.has(ctx.call.headers['client-name'] ?? ''));
  const isNews = !waits || read.events.length > 0;
  const audience = token?.withQuiet === true ? 'worker' : 'reader';
  const quiet = showsQuiet && isNews ? pendingTaskEvents(ctx, run, audience) : [];
  const history = { events: [...read.events, ...quiet] };
  if (!waits || isClosed(ctx, run)) return { history };
  const last = read.events.at(-1)?.eventId ?? fromEventId - 1;
  const next = { workflowId, runId, nextEventId: last + 1, endEventId: 0, withQuiet: false };
  return { history, nextPageToken: writeHistoryToken(next) };
}

async function untilMore(ctx: RpcContext, run: RunRow, fromEventId: number): Promise<void> {
  const options = historyPollOptions(ctx);
  while (!isClosed(ctx, run) && readPage(ctx, run, { fromEventId, endEventId: 0, limit: 1 }).events.length === 0) {
    if (!(await ctx.engine.waiters.changed(run.key, options))) return;
  }
}

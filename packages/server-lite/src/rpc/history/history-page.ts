/** History in pages: whole batches, as they are stored, and the events of a task that has not written its own. */
import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { isRunning } from '../../execution/execution.ts';
import { type Audience, quietEvents } from '../../execution/quiet-events.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import { decodeBatch } from '../../runs/run-codec.ts';
import type { RunRow } from '../../store/store.ts';
import { checkExecution, requestRun } from '../request-run.ts';
import { requireNamespace, type RpcContext } from '../rpc.ts';

type HistoryRequest = Pick<
  temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest,
  'execution' | 'nextPageToken'
>;
type HistoryEvent = temporal.api.history.v1.HistoryEvent;

export interface HistoryToken {
  readonly workflowId: string;
  readonly runId: string;
  /** The next event to show. */
  readonly nextEventId: number;
  /** Events from this one on had not happened when the first page was read; 0 when it does not matter. */
  readonly endEventId: number;
  /** Ends the last page with the pending task's events. */
  readonly withQuiet: boolean;
}

export const writeHistoryToken = (token: HistoryToken): Uint8Array =>
  Buffer.from(JSON.stringify([token.workflowId, token.runId, token.nextEventId, token.endEventId, token.withQuiet]));

/** @throws ServiceError INVALID_ARGUMENT */
export function readHistoryToken(bytes: Uint8Array): HistoryToken {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    parts = undefined;
  }
  if (
    Array.isArray(parts) &&
    typeof parts[0] === 'string' &&
    typeof parts[1] === 'string' &&
    Number.isInteger(parts[2]) &&
    Number.isInteger(parts[3]) &&
    typeof parts[4] === 'boolean'
  ) {
    const [workflowId, runId, nextEventId, endEventId, withQuiet] = parts as [string, string, number, number, boolean];
    return { workflowId, runId, nextEventId, endEventId, withQuiet };
  }
  throw invalidArgument('Invalid NextPageToken.');
}

/**
 * The run whose history is asked for. A token names it, whatever workflow the request names beside it: the service goes
 * by the token as long as there are stored events to show.
 *
 * @throws ServiceError INVALID_ARGUMENT or NOT_FOUND
 */
export function historyRun(ctx: RpcContext, request: HistoryRequest): { run: RunRow; token: HistoryToken | undefined } {
  const { runId } = checkExecution(request.execution);
  const token = request.nextPageToken?.length ? readHistoryToken(request.nextPageToken) : undefined;
  if (!token) return { run: requestRun(ctx, request.execution), token };
  if (runId && runId !== token.runId) {
    throw invalidArgument('RunId in the request does not match the NextPageToken.');
  }
  return { run: ctx.engine.require(requireNamespace(ctx).id, token.workflowId, token.runId), token };
}

/**
 * What goes beyond stored events is read from the workflow that the request names.
 *
 * @throws ServiceError NOT_FOUND
 */
export function requireNamed(ctx: RpcContext, request: HistoryRequest, run: RunRow): void {
  ctx.engine.require(requireNamespace(ctx).id, request.execution?.workflowId ?? '', run.runId);
}

export interface HistoryPage {
  readonly events: HistoryEvent[];
  /** 0 when there is nothing more now. */
  readonly nextEventId: number;
}

interface Range {
  readonly fromEventId: number;
  /** The first event that is not wanted; 0 when all are. */
  readonly endEventId: number;
  /** In batches. */
  readonly limit: number;
}

/**
 * What a run shares with the run that it was reset from is a stretch of its own: the service reads on beyond its end only
 * while it has fewer events than it was asked for batches.
 */
export function readPage(ctx: RpcContext, run: RunRef, range: Range): HistoryPage {
  const { endEventId, limit } = range;
  const events: HistoryEvent[] = [];
  let fromEventId = range.fromEventId;
  for (;;) {
    const fork = ctx.engine.read(run).forks.find((start) => start > fromEventId);
    const end = fork !== undefined && (endEventId === 0 || fork < endEventId) ? fork : endEventId;
    const stretch = readStretch(ctx, run, { fromEventId, endEventId: end, limit });
    events.push(...stretch.events);
    const last = stretch.events.at(-1)?.eventId ?? 0;
    const isAtFork = fork !== undefined && last + 1 === fork && end === fork;
    if (!isAtFork) return { events, nextEventId: stretch.nextEventId };
    if (events.length >= limit) return { events, nextEventId: fork };
    fromEventId = fork;
  }
}

function readStretch(ctx: RpcContext, run: RunRef, { fromEventId, endEventId, limit }: Range): HistoryPage {
  const batches = ctx.system.store.readBatches(run.key, { fromEventId, limit });
  const shown = batches.flatMap(decodeBatch);
  const events = shown.filter(
    ({ eventId }) => (eventId ?? 0) >= fromEventId && (endEventId === 0 || (eventId ?? 0) < endEventId),
  );
  const last = events.at(-1)?.eventId ?? 0;
  const hasMore = events.length > 0 && batches.length === limit && (endEventId === 0 || last + 1 < endEventId);
  return { events, nextEventId: hasMore ? last + 1 : 0 };
}

/** The pending task's own events, when it has not written them and they follow what is in history. */
export function pendingTaskEvents(ctx: RpcContext, run: RunRef, audience: Audience): HistoryEvent[] {
  const execution = ctx.engine.read(run);
  return isRunning(execution) ? quietEvents(execution, audience) : [];
}

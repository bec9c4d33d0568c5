/** History in pages: whole batches, as they are stored, and the events of a task that has not written its own. */
import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import { isRunning } from '../execution/execution.ts';
import { quietEvents } from '../execution/quiet-events.ts';
import type { RunRef } from '../execution/run-ref.ts';
import { decodeBatch } from '../run-codec.ts';
import type { RpcContext } from './rpc.ts';

type HistoryEvent = temporal.api.history.v1.HistoryEvent;

export interface HistoryToken {
  readonly runId: string;
  /** The next event to show. */
  readonly nextEventId: number;
  /** Events from this one on had not happened when the first page was read; 0 when it does not matter. */
  readonly endEventId: number;
  /** Ends the last page with the pending task's events. */
  readonly withQuiet: boolean;
}

export const writeHistoryToken = (token: HistoryToken): Uint8Array =>
  Buffer.from(JSON.stringify([token.runId, token.nextEventId, token.endEventId, token.withQuiet]));

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
    Number.isInteger(parts[1]) &&
    Number.isInteger(parts[2]) &&
    typeof parts[3] === 'boolean'
  ) {
    return { runId: parts[0], nextEventId: Number(parts[1]), endEventId: Number(parts[2]), withQuiet: parts[3] };
  }
  throw invalidArgument('Invalid NextPageToken.');
}

export interface HistoryPage {
  readonly events: HistoryEvent[];
  /** 0 when there is nothing more now. */
  readonly nextEventId: number;
}

/** @param options.limit batches */
export function readPage(
  ctx: RpcContext,
  run: RunRef,
  options: { fromEventId: number; endEventId: number; limit: number },
): HistoryPage {
  const { fromEventId, endEventId, limit } = options;
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
export function pendingTaskEvents(ctx: RpcContext, run: RunRef, forWorker = false): HistoryEvent[] {
  const execution = ctx.engine.read(run);
  return isRunning(execution) ? quietEvents(execution, forWorker) : [];
}

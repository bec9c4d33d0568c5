/** Updates: from what the server delivers, or what history repeats, to the job that tells workflow code. */
import type { temporal } from '@reprise/proto';
import type { UpdateRequest } from './command-request.ts';
import type { HistoryEvent } from './event-type.ts';
import type { RunState } from './run-state.ts';
import { thingKey } from './thing.ts';
import { makeUpdate } from './update.ts';
import { wallHeaders, wallPayloads } from './wall-values.ts';

export function requestOf(
  request: temporal.api.update.v1.Request,
  origin: { id: string; messageId: string; sequencingEventId: number },
): UpdateRequest {
  return {
    id: origin.id,
    name: request.input?.name ?? '',
    args: wallPayloads(request.input?.args),
    headers: wallHeaders(request.input?.header),
    identity: request.meta?.identity ?? '',
    requestMessageId: origin.messageId,
    sequencingEventId: origin.sequencingEventId,
  };
}

/** The request that an acceptance in history repeats, or that an earlier event admitted. */
export function acceptedRequest(state: RunState, event: HistoryEvent): UpdateRequest | undefined {
  const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
  if (!accepted) return undefined;
  const id = accepted.protocolInstanceId ?? '';
  if (!accepted.acceptedRequest) return state.admittedUpdates.get(id);
  return requestOf(accepted.acceptedRequest, {
    id,
    messageId: accepted.acceptedRequestMessageId ?? '',
    sequencingEventId: accepted.acceptedRequestSequencingEventId ?? 0,
  });
}

/** Tells workflow code of an update. The validator is not asked when history says that it was accepted. */
export function deliverUpdate(
  state: RunState,
  request: UpdateRequest,
  { runValidator }: { readonly runValidator: boolean },
): void {
  const key = thingKey('update', request.id);
  if (state.things.has(key)) return;
  const { id, name, args, headers, identity } = request;
  state.admittedUpdates.delete(id);
  state.things.set(key, { key, thing: makeUpdate(request), intent: { kind: 'acceptUpdate', id } });
  state.jobs.push({ kind: 'update', id, name, args, headers, identity, runValidator });
}

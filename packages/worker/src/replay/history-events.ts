/** The events of a history in any of the forms that users hold: decoded, proto3 JSON, or the bytes of one. */
import { ReplayError } from '../errors.ts';
import type { HistoryEvent } from '../machine/event-type.ts';

const HISTORY = 'temporal.api.history.v1.History';

/** Throws TypeError for what is no object at all, ReplayError for anything else that is not a history. Loads the codec only for what needs it. */
export async function historyEvents(history: unknown): Promise<readonly HistoryEvent[]> {
  if (history instanceof Uint8Array) {
    const { decodeMessage } = await import('@reprise/proto');
    return decodeMessage(HISTORY, history).events ?? [];
  }
  if (typeof history !== 'object' || history === null)
    throw new TypeError(`Expected a non-null history object, got ${history === null ? 'null' : typeof history}`);
  const events = 'events' in history ? history.events : undefined;
  if (!Array.isArray(events)) throw new ReplayError(`Expected a history with events, got ${describe(history)}`);
  const first: unknown = events[0];
  if (first === undefined) throw new ReplayError('History is empty!');
  if (typeof first !== 'object' || first === null) throw new ReplayError(`Expected events, got ${describe(first)}`);
  const { eventId } = first as { eventId?: unknown };
  if (typeof eventId === 'number') return events as HistoryEvent[];
  const { fromJson } = await import('@reprise/proto/json');
  return fromJson(HISTORY, { events }, { unknownFields: 'ignore' }).events ?? [];
}

function describe(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

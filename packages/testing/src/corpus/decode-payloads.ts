import type { ExternalStorage, Payload, PayloadCodec } from '@reprise/common';

import { isPayload } from './is-payload.ts';
import { CorpusError } from './corpus-problem.ts';
import type { HistoryEvent, RecordedHistory } from './recorded-history.ts';

/** How the workers that recorded a history wrote its payloads. */
export interface PayloadDecoding {
  readonly payloadCodecs: readonly PayloadCodec[];
  readonly externalStorage?: ExternalStorage | undefined;
}

/**
 * The history with all payloads as workers get them: fetched from external storage, then decoded, the last codec first.
 *
 * @throws CorpusError R3002 when one cannot be fetched, or a codec cannot decode it
 */
export async function decodePayloads(
  history: RecordedHistory,
  { payloadCodecs, externalStorage }: PayloadDecoding,
): Promise<RecordedHistory> {
  const fetched = externalStorage === undefined ? history : await fetchPayloads(history, externalStorage);
  if (payloadCodecs.length === 0) return fetched;
  const events: HistoryEvent[] = [];
  for (const event of fetched.events)
    events.push(
      await inEvent(
        history,
        event,
        'the payload codec',
        async () => (await decoded(event, payloadCodecs)) as HistoryEvent,
      ),
    );
  return { ...history, events };
}

async function fetchPayloads(history: RecordedHistory, storage: ExternalStorage): Promise<RecordedHistory> {
  // Loaded only here: it brings what connects to servers.
  const { PayloadStore } = await import('@reprise/client');
  const store = new PayloadStore(storage);
  // Payloads are replaced in place, and the history is its owner's.
  const events = structuredClone(history.events);
  for (const event of events) await inEvent(history, event, 'external storage', () => store.retrieve(event));
  return { ...history, events };
}

async function inEvent<T>(
  { file }: RecordedHistory,
  { eventId }: HistoryEvent,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CorpusError('R3002', `event ${eventId}: ${what} failed: ${why}`, { file, cause: error });
  }
}

async function decoded(value: unknown, codecs: readonly PayloadCodec[]): Promise<unknown> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isPayload)) return await decodeAll(value, codecs);
    return await Promise.all(value.map((item) => decoded(item, codecs)));
  }
  if (isPayload(value)) return (await decodeAll([value], codecs))[0];
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, item]) => [key, await decoded(item, codecs)]),
  );
  return Object.fromEntries(entries);
}

async function decodeAll(payloads: Payload[], codecs: readonly PayloadCodec[]): Promise<Payload[]> {
  let current = payloads;
  for (const codec of codecs.toReversed()) current = await codec.decode(current);
  return current;
}

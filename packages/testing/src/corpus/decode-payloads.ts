import type { Payload, PayloadCodec } from '@reprise/common';

import { isPayload } from './is-payload.ts';
import { CorpusError } from './corpus-problem.ts';
import type { HistoryEvent, RecordedHistory } from './recorded-history.ts';

/**
 * The history with all payloads as the codecs decode them, the last codec first, as workers do.
 *
 * @throws CorpusError R3002 when a codec cannot decode one
 */
export async function decodePayloads(
  history: RecordedHistory,
  codecs: readonly PayloadCodec[],
): Promise<RecordedHistory> {
  if (codecs.length === 0) return history;
  const events: HistoryEvent[] = [];
  for (const event of history.events) {
    try {
      events.push((await decoded(event, codecs)) as HistoryEvent);
    } catch (error) {
      const problem = `event ${event.eventId}: the payload codec failed: ${error instanceof Error ? error.message : String(error)}`;
      throw new CorpusError('R3002', problem, { file: history.file, cause: error });
    }
  }
  return { ...history, events };
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

import { PayloadStore } from '@reprise/client';
import { ExternalStorage, type Payload, type PayloadCodec, StorageDriverClaim } from '@reprise/common';
import { expect, test } from 'vitest';

import { checkHistory } from './check-history.ts';
import { decodePayloads } from './decode-payloads.ts';
import { goldenHistory } from './golden.suite.ts';
import { parseHistory } from './parse-history.ts';

/** Turns every byte round, and says so in the metadata, as encrypting codecs do. */
function turning(name: string): PayloadCodec {
  const turned = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xff);
  return {
    encode: (payloads) =>
      Promise.resolve(
        payloads.map((payload) => ({
          metadata: { ...payload.metadata, [name]: Uint8Array.of(1) },
          data: turned(payload.data ?? new Uint8Array()),
        })),
      ),
    decode: (payloads) =>
      Promise.resolve(
        payloads.map((payload): Payload => {
          const { [name]: mark, ...metadata } = payload.metadata ?? {};
          if (mark === undefined) throw new Error(`not encoded by ${name}`);
          return { metadata, data: turned(payload.data ?? new Uint8Array()) };
        }),
      ),
  };
}

const history = checkHistory(parseHistory(goldenHistory('activity-one')).events, { file: 'one.json' });

test('payloads anywhere in a history are decoded, the last codec first', async () => {
  const [inner, outer] = [turning('inner'), turning('outer')];
  const encoded = await encodeAll(structuredClone(history.events), [inner, outer]);
  const decoded = await decodePayloads(
    { ...history, events: encoded as typeof history.events },
    { payloadCodecs: [inner, outer] },
  );
  expect(decoded.events).toEqual(history.events);
});

test('a codec that fails is a corpus problem with the event', async () => {
  await expect(decodePayloads(history, { payloadCodecs: [turning('key')] })).rejects.toThrow(
    'one.json: event 1: the payload codec failed: not encoded by key',
  );
});

/** Keeps payloads in memory. */
function memory(): ExternalStorage {
  const kept: Payload[] = [];
  const driver = {
    name: 'memory',
    type: 'test.memory',
    store: (_context: object, payloads: Payload[]) =>
      Promise.resolve(payloads.map((payload) => new StorageDriverClaim({ at: String(kept.push(payload) - 1) }))),
    retrieve: (_context: object, claims: StorageDriverClaim[]) =>
      Promise.resolve(
        claims.map(({ claimData }) => {
          const payload = kept[Number(claimData['at'])];
          if (payload === undefined) throw new Error('it is gone');
          return payload;
        }),
      ),
  };
  return new ExternalStorage({ drivers: [driver], payloadSizeThreshold: 0 });
}

test('payloads that are kept elsewhere are fetched before codecs decode them, and the history stays as it is', async () => {
  const [codec, externalStorage] = [turning('key'), memory()];
  const events = (await encodeAll(structuredClone(history.events), [codec])) as typeof history.events;
  for (const event of events) await new PayloadStore(externalStorage).store(event, { target: undefined });
  const before = structuredClone(events);
  const decoded = await decodePayloads({ ...history, events }, { payloadCodecs: [codec], externalStorage });
  expect(decoded.events).toEqual(history.events);
  expect(events).toEqual(before);
  await expect(
    decodePayloads({ ...history, events }, { payloadCodecs: [], externalStorage: memory() }),
  ).rejects.toThrow('one.json: event 1: external storage failed: ');
});

async function encodeAll(value: unknown, codecs: readonly PayloadCodec[]): Promise<unknown> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return await Promise.all(value.map((item) => encodeAll(item, codecs)));
  if ('metadata' in value && 'data' in value) {
    let payloads = [value as Payload];
    for (const codec of codecs) payloads = await codec.encode(payloads);
    return payloads[0];
  }
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, item]) => [key, await encodeAll(item, codecs)]),
  );
  return Object.fromEntries(entries);
}

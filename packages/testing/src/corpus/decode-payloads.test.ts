import type { Payload, PayloadCodec } from '@reprise/common';
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
  const decoded = await decodePayloads({ ...history, events: encoded as typeof history.events }, [inner, outer]);
  expect(decoded.events).toEqual(history.events);
});

test('a codec that fails is a corpus problem with the event', async () => {
  await expect(decodePayloads(history, [turning('key')])).rejects.toThrow(
    'one.json: event 1: the payload codec failed: not encoded by key',
  );
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

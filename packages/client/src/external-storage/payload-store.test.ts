import {
  defaultPayloadConverter,
  ExternalStorage,
  isStorageReference,
  StorageDriverClaim,
  type Payload,
  type StorageDriver,
  type StorageDriverSelector,
} from '@reprise/common';
import { decodeMessage, encodeMessage } from '@reprise/proto';
import { expect, test, vi } from 'vitest';
import { PayloadStore } from './payload-store.ts';

const payload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (one: Payload | null | undefined): unknown => defaultPayloadConverter.fromPayload(one ?? {});

class MemoryDriver implements StorageDriver {
  readonly type = 'memory';
  readonly name: string;
  readonly kept: Payload[] = [];
  readonly batches: number[] = [];

  constructor(name: string) {
    this.name = name;
  }

  async store(_context: unknown, payloads: Payload[]): Promise<StorageDriverClaim[]> {
    this.batches.push(payloads.length);
    return payloads.map((one) => new StorageDriverClaim({ at: String(this.kept.push(one) - 1) }));
  }

  async retrieve(_context: unknown, claims: StorageDriverClaim[]): Promise<Payload[]> {
    return claims.map(({ claimData }) => this.kept[Number(claimData['at'])] ?? {});
  }
}

test('payloads of a message are stored list by list, and come back in their order', async () => {
  const driver = new MemoryDriver('memory');
  const store = new PayloadStore(new ExternalStorage({ drivers: [driver], payloadSizeThreshold: 0 }));
  const message = {
    input: { payloads: [payload('a'), payload('b')] },
    memo: { fields: { m: payload('c') } },
    header: { fields: { h: payload('d') } },
    searchAttributes: { indexedFields: { s: payload('e') } },
  };
  await store.store(message, { target: undefined });
  expect(driver.batches).toEqual([2, 1, 1]);
  expect(message.input.payloads.every(isStorageReference)).toBe(true);
  expect(valueOf(message.searchAttributes.indexedFields.s)).toBe('e');
  await store.retrieve(message);
  expect([...message.input.payloads, message.memo.fields.m, message.header.fields.h].map(valueOf)).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
});

test('payloads in the messages of updates are stored, too', async () => {
  const store = new PayloadStore(new ExternalStorage({ drivers: [new MemoryDriver('m')], payloadSizeThreshold: 0 }));
  const type = 'temporal.api.update.v1.Response';
  const value = encodeMessage(type, { outcome: { success: { payloads: [payload('done')] } } });
  const message = { messages: [{ body: { typeUrl: `type.googleapis.com/${type}`, value } }] };
  const stored = () => decodeMessage(type, message.messages[0]?.body.value ?? value).outcome?.success?.payloads?.[0];
  await store.store(message, { target: undefined });
  expect(isStorageReference(stored() ?? {})).toBe(true);
  await store.retrieve(message);
  expect(valueOf(stored())).toBe('done');
});

test('of a marker, the result alone is a payload of the user', async () => {
  const store = new PayloadStore(new ExternalStorage({ drivers: [new MemoryDriver('m')], payloadSizeThreshold: 0 }));
  const details = { data: { payloads: [payload({ seq: 1 })] }, result: { payloads: [payload('done')] } };
  await store.store({ markerName: 'core_local_activity', details }, { target: undefined });
  expect([details.data, details.result].map(({ payloads }) => payloads.map(isStorageReference))).toEqual([
    [false],
    [true],
  ]);
});

test('size and choice decide', async () => {
  const [small, large] = [new MemoryDriver('small'), new MemoryDriver('large')];
  const target = { kind: 'workflow', namespace: 'n', id: 'w' } as const;
  const driverSelector = vi.fn<StorageDriverSelector>((_context, { data }) => {
    const bytes = data?.length ?? 0;
    return bytes > 200 ? large : bytes > 100 ? small : null;
  });
  const storage = new ExternalStorage({ drivers: [small, large], driverSelector, payloadSizeThreshold: 80 });
  const message = { payloads: [1, 60, 150, 300, 301].map((length) => payload('x'.repeat(length))) };
  await new PayloadStore(storage).store(message, { target });
  expect(message.payloads.map(isStorageReference)).toEqual([false, false, true, true, true]);
  expect([small.batches, large.batches]).toEqual([[1], [2]]);
  expect(driverSelector).toHaveBeenCalledTimes(4);
  expect(driverSelector.mock.calls[0]?.[0]).toMatchObject({ target });
});

test('what a driver does wrong is said, and stops the others', async () => {
  const message = (count: number) => ({ payloads: Array.from({ length: count }, (_, at) => payload(at)) });
  const broken = Object.assign(new MemoryDriver('broken'), { store: () => Promise.resolve([]) });
  const alone = new ExternalStorage({ drivers: [broken], payloadSizeThreshold: 0 });
  await expect(new PayloadStore(alone).store(message(2), { target: undefined })).rejects.toThrow(
    "Driver 'broken' returned 0 claims for 2 payloads",
  );
  let aborted: unknown;
  const slow = Object.assign(new MemoryDriver('slow'), {
    store: ({ abortSignal }: { abortSignal: AbortSignal }) =>
      new Promise((_, reject) => {
        abortSignal.addEventListener('abort', () => {
          aborted = abortSignal.reason;
          reject(new Error('aborted'));
        });
      }),
  }) as StorageDriver;
  let turn = 0;
  const both = new ExternalStorage({
    drivers: [slow, broken],
    driverSelector: () => (turn++ === 0 ? slow : broken),
    payloadSizeThreshold: 0,
  });
  await expect(new PayloadStore(both).store(message(2), { target: undefined })).rejects.toThrow('aborted');
  expect(aborted).toMatchObject({ message: "Driver 'broken' returned 0 claims for 1 payloads" });
});

test('a driver that is not registered is refused, in either direction', async () => {
  const known = new MemoryDriver('known');
  const driverSelector = () => new MemoryDriver('known');
  const storage = new ExternalStorage({ drivers: [known], driverSelector, payloadSizeThreshold: 0 });
  const message = { payloads: [payload(1)] };
  await expect(new PayloadStore(storage).store(message, { target: undefined })).rejects.toThrow(
    "Driver 'known' returned by driverSelector is not registered",
  );
  const other = new ExternalStorage({ drivers: [new MemoryDriver('other')], payloadSizeThreshold: 0 });
  await new PayloadStore(other).store(message, { target: undefined });
  await expect(new PayloadStore(storage).retrieve(message)).rejects.toThrow("No driver registered with name 'other'");
});

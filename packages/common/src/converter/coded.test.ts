import { expect, test } from 'vitest';

import { ApplicationFailure } from '../failure.ts';
import type { Payload } from '../payload-shape.ts';
import {
  decodeFailureToError,
  decodeFromPayloads,
  decodeMapFromPayloads,
  encodeErrorToFailure,
  encodeMapToPayloads,
  encodeToPayload,
  encodeToPayloads,
} from './coded.ts';
import { defaultDataConverter, loadDataConverter } from './data-converter.ts';
import type { PayloadCodec } from './payload-codec.ts';

/** Adds its mark in front when encoding, and insists on it when decoding. */
function marking(mark: number): PayloadCodec {
  const each = async (payloads: Payload[], change: (data: Uint8Array) => Uint8Array): Promise<Payload[]> =>
    await Promise.resolve(payloads.map((payload) => ({ ...payload, data: change(payload.data ?? new Uint8Array()) })));
  return {
    encode: (payloads) => each(payloads, (data) => new Uint8Array([mark, ...data])),
    decode: (payloads) =>
      each(payloads, (data) => {
        if (data[0] !== mark) throw new Error(`Expected the mark ${mark}, got ${String(data[0])}`);
        return data.slice(1);
      }),
  };
}

const converter = { ...defaultDataConverter, payloadCodecs: [marking(1), marking(2)] };

test('codecs encode in order and decode in reverse', async () => {
  const payloads = await encodeToPayloads(converter, 'a', { b: 1 });
  expect(payloads?.map(({ data }) => [...(data ?? [])].slice(0, 2))).toEqual([
    [2, 1],
    [2, 1],
  ]);
  expect(await decodeFromPayloads(converter, payloads)).toEqual(['a', { b: 1 }]);
  expect(await encodeToPayloads(converter)).toBeUndefined();
  expect(await decodeFromPayloads(converter, null)).toEqual([]);
});

test('memos and failures are encoded too, with their causes', async () => {
  expect(await decodeMapFromPayloads(converter, await encodeMapToPayloads(converter, { a: 1, b: undefined }))).toEqual({
    a: 1,
  });
  const error = ApplicationFailure.create({
    message: 'out',
    details: [1],
    cause: ApplicationFailure.create({ details: ['deep'] }),
  });
  const failure = await encodeErrorToFailure(converter, error);
  expect(failure.cause?.applicationFailureInfo?.details?.payloads?.[0]?.data?.[0]).toBe(2);
  const back = await decodeFailureToError(converter, failure);
  expect(back).toMatchObject({ details: [1], cause: { details: ['deep'] } });
});

test('a codec that changes the number of payloads is found out where one is expected', async () => {
  const doubling: PayloadCodec = {
    encode: async (payloads) => await Promise.resolve([...payloads, ...payloads]),
    decode: async (payloads) => await Promise.resolve(payloads),
  };
  await expect(encodeToPayload({ ...converter, payloadCodecs: [doubling] }, 1)).rejects.toThrow(
    'encode one payload to one, got 2',
  );
});

test('modules of converters must export what their option promises', () => {
  expect(() => loadDataConverter({ payloadConverterPath: '/x.js' }, () => ({}))).toThrow(
    'Module /x.js does not have a `payloadConverter` named export',
  );
  expect(() => loadDataConverter({ failureConverterPath: '/x.js' }, () => ({ failureConverter: {} }))).toThrow(
    'failureConverter export at /x.js must be an object with errorToFailure and failureToError methods',
  );
  expect(loadDataConverter(undefined, () => undefined)).toEqual(defaultDataConverter);
});

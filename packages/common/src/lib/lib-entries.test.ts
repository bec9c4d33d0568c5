import { expect, test } from 'vitest';
import { searchAttributePayloadConverter as converter } from './converter/payload-search-attributes.ts';
import { decode, encode } from './internal-non-workflow.ts';
import { STACK_TRACE_QUERY_NAME, TEMPORAL_RESERVED_PREFIX, throwIfReservedName } from './reserved.ts';

test('reserved names are told, and refused', () => {
  expect(() => throwIfReservedName('sink', `${TEMPORAL_RESERVED_PREFIX}x`)).toThrow('with reserved prefix');
  expect(() => throwIfReservedName('query', STACK_TRACE_QUERY_NAME)).toThrow('which is a reserved name');
});

test('the values of an untyped attribute are converted as a list', () => {
  expect(converter.fromPayload(converter.toPayload([1, 2]))).toEqual([1, 2]);
  expect(() => converter.toPayload(1)).toThrow('must be an array');
});

test('payloads go through codecs and back', async () => {
  const turned = (bytes: Uint8Array | null | undefined) => new Uint8Array([...(bytes ?? [])].map((byte) => 255 - byte));
  const turn = (payloads: { data?: Uint8Array | null }[]) =>
    Promise.resolve(payloads.map((payload) => ({ ...payload, data: turned(payload.data) })));
  const codecs = [{ encode: turn, decode: turn }];
  const coded = await encode(codecs, [{ data: new Uint8Array([1]) }]);
  expect(coded).toEqual([{ data: new Uint8Array([254]) }]);
  expect(await decode(codecs, coded)).toEqual([{ data: new Uint8Array([1]) }]);
});

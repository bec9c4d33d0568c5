import { expect, test } from 'vitest';
import { defaultDataConverter, type LoadedDataConverter } from '../converter/data-converter.ts';
import { defaultPayloadConverter } from '../converter/default-payload-converter.ts';
import type { SerializationContext } from '../converter/serialization-context.ts';
import { searchAttributePayloadConverter } from './converter/payload-search-attributes.ts';
import {
  decode,
  decodeArrayFromPayloads,
  decodeMapFromPayloads,
  decodeOptionalSinglePayload,
  decodeUserMetadata,
  encode,
  encodeMapToPayloads,
  encodeToPayload,
  encodeToPayloadsWithContext,
  encodeUserMetadata,
  isLoadedDataConverter,
} from './internal-non-workflow.ts';
import { STACK_TRACE_QUERY_NAME, TEMPORAL_RESERVED_PREFIX, throwIfReservedName } from './reserved.ts';

test('reserved names are told, and refused', () => {
  expect(() => throwIfReservedName('sink', `${TEMPORAL_RESERVED_PREFIX}x`)).toThrow('with reserved prefix');
  expect(() => throwIfReservedName('query', STACK_TRACE_QUERY_NAME)).toThrow('which is a reserved name');
});

test('the values of an untyped attribute are converted as a list', () => {
  expect(searchAttributePayloadConverter.fromPayload(searchAttributePayloadConverter.toPayload([1, 2]))).toEqual([
    1, 2,
  ]);
  expect(() => searchAttributePayloadConverter.toPayload(1)).toThrow('must be an array');
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

const context: SerializationContext = { type: 'workflow', namespace: 'n', workflowId: 'w' };
/** Says in which context it was called. */
const converter: LoadedDataConverter = {
  ...defaultDataConverter,
  payloadConverter: {
    toPayload: (value, within) => defaultPayloadConverter.toPayload([value, within?.namespace]),
    fromPayload: (payload) => defaultPayloadConverter.fromPayload(payload),
  },
};

test('values are converted in the context of the call', async () => {
  const one = await encodeToPayload(converter, 1, context);
  expect(await decodeOptionalSinglePayload(converter, one)).toEqual([1, 'n']);
  expect(await decodeOptionalSinglePayload(converter, null)).toBeNull();
  const types = [{ transferTypeConverter: { toTransferType: String, fromTransferType: (text: unknown) => [text] } }];
  const many = await encodeToPayloadsWithContext(converter, context, [1], types);
  expect(await decodeArrayFromPayloads(converter, many, context, types)).toEqual([[['1', 'n']]]);
  expect(await encodeToPayloadsWithContext(converter, context, [])).toBeUndefined();
  const map = await encodeMapToPayloads(converter, { a: 1 }, context);
  expect(await decodeMapFromPayloads(converter, map, context)).toEqual({ a: [1, 'n'] });
});

test('summaries and details are payloads', async () => {
  const metadata = await encodeUserMetadata(defaultDataConverter, 'summary', undefined);
  expect(metadata?.details).toBeUndefined();
  expect(await decodeUserMetadata(defaultDataConverter, metadata)).toEqual({
    staticSummary: 'summary',
    staticDetails: undefined,
  });
  expect(await encodeUserMetadata(defaultDataConverter, undefined, undefined)).toBeUndefined();
});

test('a data converter is told from its options', () => {
  expect([isLoadedDataConverter(converter), isLoadedDataConverter({}), isLoadedDataConverter(undefined)]).toEqual([
    true,
    false,
    false,
  ]);
});

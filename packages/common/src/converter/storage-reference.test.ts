import { expect, test } from 'vitest';
import { DefaultPayloadConverterWithProtobufs } from '../lib/protobufs.ts';
import { str, u8 } from '../text-bytes.ts';
import { defaultPayloadConverter } from './default-payload-converter.ts';
import { decodeStorageReference, encodeStorageReference, isStorageReference } from './storage-reference.ts';

const reference = encodeStorageReference({ driverName: 'bucket', claimData: { key: 'k' }, sizeBytes: 7 });

test('a reference is a message as proto3 JSON, with the size of what it stands for', () => {
  expect(str(reference.data ?? new Uint8Array())).toBe('{"driverName":"bucket","claimData":{"key":"k"}}');
  expect(Object.entries(reference.metadata ?? {}).map(([key, value]) => `${key} ${str(value)}`)).toEqual([
    'encoding json/protobuf',
    'messageType temporal.api.sdk.v1.ExternalStorageReference',
  ]);
  expect(isStorageReference(reference)).toBe(true);
  expect(decodeStorageReference(reference)).toEqual({ driverName: 'bucket', claimData: { key: 'k' }, sizeBytes: 7 });
});

test('other writers may use the names of the fields in the definition, and leave out what is empty', () => {
  const other = { ...reference, data: u8('{"driver_name":"bucket"}'), externalPayloads: null };
  expect(decodeStorageReference(other)).toEqual({ driverName: 'bucket', claimData: {}, sizeBytes: 0 });
  expect(() => decodeStorageReference({ ...reference, data: u8('{}') })).toThrow(
    "Reference payload field 'driverName' must be a non-empty string",
  );
});

test('no other payload is a reference', () => {
  expect(isStorageReference({})).toBe(false);
  expect(isStorageReference(defaultPayloadConverter.toPayload('text'))).toBe(false);
});

test('converters say that external storage is missing', () => {
  const expected = 'Detected externally stored payload(s) but external storage is not configured.';
  expect(() => defaultPayloadConverter.fromPayload(reference)).toThrow(expected);
  const protobufs = new DefaultPayloadConverterWithProtobufs({ protobufRoot: { lookupType: () => undefined } });
  expect(() => protobufs.fromPayload(reference)).toThrow(expected);
});

import { patchProtobufRoot } from '@reprise/proto/lib/patch-protobuf-root';
import { expect, test } from 'vitest';

import { PayloadConverterError } from '../errors.ts';
import { decode, encode } from '../text-bytes.ts';
import { messageToJson, objectFromJson } from './message-json.ts';
import { DefaultPayloadConverterWithProtobufs, ProtobufBinaryPayloadConverter } from './protobuf-payload-converters.ts';
import type { ReflectedEnum, ReflectedField, ReflectedType } from './reflection.ts';

/** A type as protobufjs reflects it; its bytes are JSON, since only the shape of the calls matters here. */
function reflect(
  fullName: string,
  fields: Record<string, [type: string, more?: Partial<ReflectedField>]>,
): ReflectedType {
  class Message {
    declare readonly $type: ReflectedType;
    constructor(properties?: object) {
      Object.assign(this, properties);
    }
  }
  const type: ReflectedType = {
    fullName,
    fieldsArray: Object.entries(fields).map(([name, [fieldType, more]]) => {
      const field = { name, type: fieldType, repeated: false, map: false, resolvedType: null, ...more };
      return { ...field, resolve: () => ({ ...field, resolve: () => field }) } as unknown as ReflectedField;
    }),
    create: (properties) => new Message(properties),
    fromObject: (object) => new Message(object),
    encode: (message) => ({ finish: () => encode(JSON.stringify(message)) }),
    decode: (bytes) => new Message(JSON.parse(decode(bytes)) as object),
  };
  Object.defineProperty(Message.prototype, '$type', { value: type });
  return type;
}

const kind: ReflectedEnum = { values: { NONE: 0, GIFT: 1 }, valuesById: { 0: 'NONE', 1: 'GIFT' } };
const timestamp = reflect('.google.protobuf.Timestamp', { seconds: ['int64'], nanos: ['int32'] });
const duration = reflect('.google.protobuf.Duration', { seconds: ['int64'], nanos: ['int32'] });
const struct = reflect('.google.protobuf.Struct', {});
const order = reflect('.acme.v1.Order', {
  orderId: ['string'],
  cents: ['int64'],
  blob: ['bytes'],
  kind: ['Kind', { resolvedType: kind }],
  placedAt: ['google.protobuf.Timestamp', { resolvedType: timestamp }],
  within: ['google.protobuf.Duration', { resolvedType: duration }],
  extra: ['google.protobuf.Struct', { resolvedType: struct }],
  tags: ['string', { repeated: true }],
  counts: ['int64', { map: true }],
  weight: ['double'],
});
const root = {
  lookupType(name: string): unknown {
    if (name === 'acme.v1.Order') return order;
    throw new Error(`no such type: ${name}`);
  },
};

const json = {
  orderId: 'o-1',
  cents: '9007199254740993',
  blob: 'Af8=',
  kind: 'GIFT',
  placedAt: '2023-11-14T22:13:20.005Z',
  within: '-1.500s',
  extra: { a: [1, 'x', null, true, { b: 2 }] },
  tags: ['red'],
  counts: { a: '5' },
  weight: 'NaN',
};

test('messages have the JSON of proto3, both ways', () => {
  const message = objectFromJson(order, json);
  expect(message).toMatchObject({
    kind: 1,
    placedAt: { seconds: 1_700_000_000, nanos: 5_000_000 },
    within: { seconds: -1, nanos: -500_000_000 },
  });
  expect(messageToJson(order, message as Record<string, unknown>)).toEqual(json);
  expect(objectFromJson(order, { order_id: 'snake' })).toEqual({ orderId: 'snake' });
  expect(messageToJson(order, { tags: [], counts: {}, orderId: null })).toEqual({});
});

test('wrong JSON says what was expected', () => {
  expect(() => objectFromJson(order, { tags: 'red' })).toThrow('Expected tags to be an array, got "red"');
  expect(() => objectFromJson(order, { placedAt: 'now' })).toThrow('Expected an RFC 3339 timestamp, got "now"');
  expect(() => objectFromJson(order, [])).not.toThrow();
  expect(() => objectFromJson(order, 7)).toThrow('Expected the JSON of .acme.v1.Order to be an object, got 7');
});

test('the converter writes messages as JSON and everything else as before', () => {
  const converter = new DefaultPayloadConverterWithProtobufs({ protobufRoot: root });
  const message = order.create({ orderId: 'o-1', cents: 5 });
  const payload = converter.toPayload(message);
  expect(
    [payload.metadata?.['encoding'], payload.metadata?.['messageType']].map((bytes) => decode(bytes ?? undefined)),
  ).toEqual(['json/protobuf', 'acme.v1.Order']);
  expect(decode(payload.data ?? undefined)).toBe('{"orderId":"o-1","cents":"5"}');
  expect(converter.fromPayload(payload)).toEqual(order.create({ orderId: 'o-1', cents: '5' }));
  expect(decode(converter.toPayload({ orderId: 'plain' }).metadata?.['encoding'] ?? undefined)).toBe('json/plain');
});

test('the binary form is read too; a type that the root lacks is named', () => {
  const binary = new ProtobufBinaryPayloadConverter(root);
  const payload = binary.toPayload(order.create({ orderId: 'o-1' }));
  expect(payload && new DefaultPayloadConverterWithProtobufs({ protobufRoot: root }).fromPayload(payload)).toEqual(
    order.create({ orderId: 'o-1' }),
  );
  expect(binary.toPayload({ orderId: 'plain' })).toBeUndefined();
  const other = { metadata: { ...payload?.metadata, messageType: encode('acme.v1.Other') }, data: encode('{}') };
  expect(() => binary.fromPayload(other)).toThrow(PayloadConverterError);
  expect(() => binary.fromPayload(other)).toThrow(
    'Got a `acme.v1.Other` protobuf message but cannot find corresponding message class in `root`',
  );
  expect(() => new ProtobufBinaryPayloadConverter().fromPayload(other)).toThrow('without `root` being provided');
});

test('patchProtobufRoot() makes namespaces reachable as properties', () => {
  const patched = patchProtobufRoot({ nested: { acme: { nested: { v1: { nested: { Order: order } } } } } });
  expect(patched).toHaveProperty('acme.v1.Order', order);
});

import { expect, test } from 'vitest';

import { ValueError } from '../errors.ts';
import type { Payload, WallPayload } from '../payload-shape.ts';
import { RandomValues } from '../random-values.suite.ts';
import { decode, encode } from '../text-bytes.ts';
import type { ConverterHint, TypeInfo } from '../type-info.ts';
import { defaultPayloadConverter, JsonPayloadConverter } from './default-payload-converter.ts';
import {
  CompositePayloadConverter,
  type PayloadConverter,
  type PayloadConverterWithEncoding,
} from './payload-converter.ts';
import { payloadConverterInContext } from './payload-converter-in-context.ts';
import { RawValue, rawValueTypeInfo } from './raw-value.ts';
import type { SerializationContext } from './serialization-context.ts';
import { fromPayloadsAtIndex, fromPayloadWithTypeInfo, toPayloads, toPayloadWithTypeInfo } from './typed-payloads.ts';
import { fromWallPayload, toWallPayload, valueToWall, wallToValue } from './wall-payload.ts';

function encodingOf(payload: Payload): string {
  return decode(payload.metadata?.['encoding'] ?? undefined);
}

test.each([
  [undefined, 'binary/null', ''],
  [new Uint8Array([1, 2]), 'binary/plain', '\u0001\u0002'],
  [null, 'json/plain', 'null'],
  [{ a: [1, 'é'] }, 'json/plain', '{"a":[1,"é"]}'],
  [Number.NaN, 'json/plain', 'null'],
  [() => 1, 'json/plain', ''],
])('%j is written as %s', (value, encoding, text) => {
  const payload = defaultPayloadConverter.toPayload(value);
  expect([encodingOf(payload), decode(payload.data ?? undefined)]).toEqual([encoding, text]);
});

test('values come back; bytes as a plain Uint8Array', () => {
  for (const value of [undefined, null, 0, '', { a: 1 }, [1]]) {
    expect(defaultPayloadConverter.fromPayload(defaultPayloadConverter.toPayload(value))).toEqual(value);
  }
  const bytes = defaultPayloadConverter.fromPayload<Uint8Array>(defaultPayloadConverter.toPayload(Buffer.from([7])));
  expect([bytes.constructor, bytes[0]]).toEqual([Uint8Array, 7]);
});

test('what has no payload, and what has no value, is a ValueError', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(() => defaultPayloadConverter.toPayload(1n)).toThrow(
    new ValueError('Unable to convert 1 to payload', new TypeError('Do not know how to serialize a BigInt')),
  );
  expect(() => defaultPayloadConverter.toPayload(circle)).toThrow(ValueError);
  expect(() => defaultPayloadConverter.fromPayload({ data: encode('1') })).toThrow('Missing payload metadata');
  expect(() => defaultPayloadConverter.fromPayload({ metadata: { encoding: encode('own/kind') } })).toThrow(
    'Unknown encoding: own/kind',
  );
  expect(() => new CompositePayloadConverter()).toThrow('Must provide at least one PayloadConverterWithEncoding');
});

test('a RawValue is passed on as it is', () => {
  const payload = { metadata: { encoding: encode('own/kind') }, data: encode('x') };
  const raw = RawValue.fromPayload(payload);
  expect(defaultPayloadConverter.toPayload(raw)).toBe(payload);
  expect(toWallPayload(payload)).toEqual(valueToWall(defaultPayloadConverter, raw));
  expect(toPayloads(defaultPayloadConverter)).toBeUndefined();
  expect(new RawValue('text').payload).toEqual(defaultPayloadConverter.toPayload('text'));
});

/** Takes values with a hint of its own, and notes what it is told. */
class ShoutingConverter implements PayloadConverterWithEncoding {
  readonly encodingType = 'text/shout';
  readonly told: unknown[] = [];

  toPayload(value: unknown, context?: SerializationContext, hint?: ConverterHint<never>): Payload | undefined {
    this.told.push([context, hint]);
    return { metadata: { encoding: encode(this.encodingType) }, data: encode(String(value).toUpperCase()) };
  }

  fromPayload<T>(payload: Payload, context?: SerializationContext, hint?: ConverterHint<T>): T {
    this.told.push([context, hint]);
    return new TextDecoder().decode(payload.data ?? undefined) as T;
  }

  validateConverterHint = ({ converter }: ConverterHint): boolean => converter === 'shout';
}

test('converters are told whose the payload is, and what is declared of its type', () => {
  const shouting = new ShoutingConverter();
  const converter = new CompositePayloadConverter(shouting, new JsonPayloadConverter());
  const context = { type: 'workflow', namespace: 'default', workflowId: 'w' } as const;
  const hint = { converter: 'shout' };
  const inContext = payloadConverterInContext(converter, context);
  const payload = toPayloadWithTypeInfo(inContext, 'quiet', undefined, { payloadConverterHint: hint });
  expect(fromPayloadWithTypeInfo(inContext, payload, undefined, { payloadConverterHint: hint })).toBe('QUIET');
  expect(shouting.told).toEqual([
    [context, hint],
    [context, hint],
  ]);
  expect(() => converter.toPayload(1, context, { converter: 'other' })).toThrow(
    new ValueError("No payload converter supports converter hint 'other'"),
  );
  expect(() => converter.fromPayload(payload, context, { converter: 'other' })).toThrow(
    "Payload encoding 'text/shout' does not support converter hint 'other'",
  );
});

test('a transfer type stands between a value and its payload', () => {
  const dates: TypeInfo<Date, string> = {
    transferTypeConverter: { toTransferType: (date) => date.toISOString(), fromTransferType: (text) => new Date(text) },
  };
  const date = new Date('2026-01-02T03:04:05.000Z');
  const payload = toPayloadWithTypeInfo(defaultPayloadConverter, date, undefined, dates);
  expect(defaultPayloadConverter.fromPayload(payload)).toBe('2026-01-02T03:04:05.000Z');
  expect(fromPayloadsAtIndex(defaultPayloadConverter, 0, [payload], undefined, dates)).toEqual(date);
  expect(fromPayloadWithTypeInfo(defaultPayloadConverter, payload, undefined, rawValueTypeInfo)).toBeInstanceOf(
    RawValue,
  );
});

test('payloads cross the wall without loss', () => {
  const random = new RandomValues(1);
  const anyBytes = (): Uint8Array => (random.below(2) === 0 ? random.bytes() : encode(random.text()));
  for (let i = 0; i < 500; i++) {
    const keys = ['encoding', '__proto__', random.text(4)].slice(random.below(4));
    const metadata = Object.fromEntries(keys.map((key) => [key, anyBytes()]));
    const payload: Payload = { metadata, ...(random.below(4) === 0 ? {} : { data: anyBytes() }) };
    const wall = JSON.parse(JSON.stringify(toWallPayload(payload))) as WallPayload;
    const back = fromWallPayload(wall);
    expect(Object.entries(back.metadata ?? {})).toEqual(Object.entries(metadata));
    expect(back.data).toEqual(payload.data);
  }
});

test('the short cut for the default converter gives what the converter gives', () => {
  const slow: PayloadConverter = {
    toPayload: (value) => defaultPayloadConverter.toPayload(value),
    fromPayload: (payload) => defaultPayloadConverter.fromPayload(payload),
  };
  const random = new RandomValues(2);
  const values = [undefined, ...Array.from({ length: 300 }, (_, i) => (i % 5 === 0 ? random.bytes() : random.json()))];
  for (const value of values) {
    const wall = valueToWall(defaultPayloadConverter, value);
    expect(wall).toEqual(valueToWall(slow, value));
    expect(wallToValue(defaultPayloadConverter, wall)).toEqual(wallToValue(slow, wall));
  }
  expect(() => valueToWall(defaultPayloadConverter, 1n)).toThrow('Unable to convert 1 to payload');
});

import { expect, test } from 'vitest';

import { ValueError } from '../errors.ts';
import type { Payload, WallPayload } from '../payload-shape.ts';
import { RandomValues } from '../random-values.suite.ts';
import { decode, encode } from '../text-bytes.ts';
import { defaultPayloadConverter } from './default-payload-converter.ts';
import { CompositePayloadConverter, RawValue, toPayloads, type PayloadConverter } from './payload-converter.ts';
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
  expect(() => defaultPayloadConverter.toPayload(1n)).toThrow(new ValueError('Unable to convert 1 to payload'));
  expect(() => defaultPayloadConverter.toPayload(circle)).toThrow(ValueError);
  expect(() => defaultPayloadConverter.fromPayload({ data: encode('1') })).toThrow('Missing payload metadata');
  expect(() => defaultPayloadConverter.fromPayload({ metadata: { encoding: encode('own/kind') } })).toThrow(
    'Unknown encoding: own/kind',
  );
  expect(() => new CompositePayloadConverter()).toThrow('Must provide at least one PayloadConverterWithEncoding');
});

test('a RawValue is passed on as it is', () => {
  const payload = { metadata: { encoding: encode('own/kind') }, data: encode('x') };
  expect(defaultPayloadConverter.toPayload(new RawValue(payload))).toBe(payload);
  expect(toWallPayload(payload)).toEqual(valueToWall(defaultPayloadConverter, new RawValue(payload)));
  expect(toPayloads(defaultPayloadConverter)).toBeUndefined();
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

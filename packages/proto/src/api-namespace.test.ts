import { expect, test } from 'vitest';
import { lookupType, temporal } from './index.ts';

const { common, enums } = temporal.api;

test('messages are values under their names', () => {
  const payload: temporal.api.common.v1.IPayload = common.v1.Payload.create({ data: new Uint8Array([1, 2]) });
  const bytes = common.v1.Payload.encode(payload).finish();
  expect([...common.v1.Payload.decode(bytes).data]).toEqual([1, 2]);
  expect(common.v1.Payload).toBe(temporal.api.common.v1.Payload);
  expect(() => common.v1.Payload.encode({ data: 'text' as never }).finish()).toThrow('data');
});

test('a message may have messages under its name', () => {
  expect(common.v1.Callback.Nexus.create({ url: 'http://back' }).url).toBe('http://back');
});

test('enums have numbers by name and names by number', () => {
  const { EventType } = enums.v1;
  expect(EventType.EVENT_TYPE_TIMER_FIRED).toBe(18);
  expect(EventType[18]).toBe('EVENT_TYPE_TIMER_FIRED');
  expect(Object.keys(enums.v1.TimeoutType)).toContain('TIMEOUT_TYPE_HEARTBEAT');
  expect(Object.keys(enums.v1.TimeoutType)).not.toContain('1');
});

test('there is nothing under other names', () => {
  expect((temporal as unknown as Record<string, unknown>)['nope']).toBeUndefined();
  expect((common.v1 as unknown as Record<string, unknown>)['Nope']).toBeUndefined();
});

test('types are found by name, as in a root of protobufjs', () => {
  expect(lookupType('temporal.api.common.v1.Payload')).toBe(common.v1.Payload);
  expect(lookupType('.temporal.api.common.v1.Payload')).toBe(common.v1.Payload);
  expect(() => lookupType('acme.v1.Order')).toThrow('no such type: acme.v1.Order');
});

import { describe, expect, test } from 'vitest';

import { decodeMessage, encodeMessage } from '../message-codec.ts';
import { MessageSource } from '../random-message.suite.ts';
import { allMessageNames } from '../schema.ts';
import { fromJson } from './from-json.ts';
import { JsonMessageError } from './json-message-error.ts';
import { toJson } from './to-json.ts';

const EVENT = 'temporal.api.history.v1.HistoryEvent';

test('messages of every type go to JSON and back', () => {
  const source = new MessageSource(99);
  const bytesOf = (name: string, message: object): string => Buffer.from(encodeMessage(name, message)).toString('hex');
  for (const name of allMessageNames()) {
    const message = withoutUnspeakable(source.message(name)) as object;
    const json = JSON.parse(JSON.stringify(toJson(name, message))) as unknown;
    expect([name, bytesOf(name, fromJson(name, json))]).toEqual([name, bytesOf(name, message)]);
  }
});

/** Times and Anys have values that JSON has no form for. */
function withoutUnspeakable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnspeakable);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  if ('nanos' in value || 'seconds' in value) return { seconds: 1700000000, nanos: 120 };
  if ('typeUrl' in value || ('value' in value && value.value instanceof Uint8Array)) return {};
  if ('paths' in value) return { paths: ['start_time'] };
  if ('kind' in value || 'nullValue' in value || 'structValue' in value || 'listValue' in value)
    return { nullValue: 0 };
  if ('numberValue' in value) return { numberValue: 1.5 };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutUnspeakable(item)]));
}

test('bytes of every length are read from both alphabets, with and without padding', () => {
  for (let length = 0; length <= 100; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 167 + length * 31) % 256);
    const text = Buffer.from(bytes).toString('base64');
    for (const form of [text, text.replaceAll('=', ''), Buffer.from(bytes).toString('base64url')])
      expect(fromJson('google.protobuf.BytesValue', form)).toEqual(length === 0 ? {} : { value: bytes });
  }
  for (const wrong of ['AB=D', 'AA*A', '====', 'A===', 'AAAA=AAA', 'AAA\u{141}'])
    expect(() => fromJson('google.protobuf.BytesValue', wrong)).toThrow('expected base64');
});

test('times in the form of servers are read to the nanosecond, whatever the day', () => {
  const fractions = ['', '.5', '.25', '.123456', '.123456789', '.000000001', '.100000000'];
  for (const day of ['1000-01-01', '1969-12-31', '2024-02-28', '2024-02-29', '2026-11-30', '9999-12-31']) {
    for (const fraction of fractions) {
      const seconds = Date.parse(`${day}T23:59:58Z`) / 1000;
      const nanos = Number(fraction.slice(1).padEnd(9, '0'));
      const time = nanos === 0 ? { seconds } : { seconds, nanos };
      expect(fromJson('google.protobuf.Timestamp', `${day}T23:59:58${fraction}Z`)).toEqual(time);
    }
  }
});

describe('times', () => {
  test.each([
    ['2026-01-31T12:00:00Z', { seconds: 1769860800 }],
    ['2026-01-31T12:00:00.120Z', { seconds: 1769860800, nanos: 120000000 }],
    ['2026-01-31T12:00:00.000000001Z', { seconds: 1769860800, nanos: 1 }],
    ['1969-12-31T23:59:59.500Z', { seconds: -1, nanos: 500000000 }],
    ['0001-01-01T00:00:00Z', { seconds: -62135596800 }],
  ])('%s', (text, time) => {
    expect(fromJson('google.protobuf.Timestamp', text)).toEqual(time);
    expect(toJson('google.protobuf.Timestamp', time)).toBe(text);
  });

  test.each([
    ['2026-01-31T14:00:00+02:00', { seconds: 1769860800 }],
    [
      { seconds: '1769860800', nanos: 5 },
      { seconds: 1769860800, nanos: 5 },
    ],
    [{ seconds: { low: 1769860800, high: 0, unsigned: false }, nanos: 0 }, { seconds: 1769860800 }],
  ])('%j is read', (json, time) => {
    expect(fromJson('google.protobuf.Timestamp', json)).toEqual(time);
  });

  test.each(['yesterday', '2026-02-30T00:00:00Z', '2026-01-31', 5, ''])('%j is refused', (json) => {
    expect(() => fromJson('google.protobuf.Timestamp', json)).toThrow('expected a time');
  });
});

describe('durations', () => {
  test.each([
    ['1.500s', { seconds: 1, nanos: 500000000 }],
    ['0s', {}],
    ['-1.500s', { seconds: -1, nanos: -500000000 }],
    ['-0.000000001s', { nanos: -1 }],
    ['315576000000s', { seconds: 315576000000 }],
  ])('%s', (text, duration) => {
    expect(fromJson('google.protobuf.Duration', text)).toEqual(duration);
    expect(toJson('google.protobuf.Duration', duration)).toBe(text);
  });

  test.each(['1', 's', '1m', '999999999999999s', null])('%j is refused', (json) => {
    expect(() => fromJson('google.protobuf.Duration', json)).toThrow('expected a duration');
  });
});

describe('reading', () => {
  test('enums by name, by the old name, and by number', () => {
    for (const eventType of ['EVENT_TYPE_WORKFLOW_EXECUTION_STARTED', 'WorkflowExecutionStarted', 1]) {
      expect(fromJson(EVENT, { eventType })).toEqual({ eventType: 1 });
    }
    expect(fromJson('temporal.api.taskqueue.v1.TaskQueue', { kind: 'Sticky' })).toEqual({ kind: 2 });
  });

  test('names in snake_case', () => {
    expect(fromJson(EVENT, { event_id: '5' })).toEqual({ eventId: 5 });
  });

  test('bytes in their several forms', () => {
    for (const data of ['/+8=', '_-8', { type: 'Buffer', data: [255, 239] }, { 0: 255, 1: 239 }, [255, 239]]) {
      expect(fromJson('temporal.api.common.v1.Payload', { data })).toEqual({ data: Uint8Array.of(255, 239) });
    }
  });

  test('a history that was stringified as objects', () => {
    const event = {
      eventId: { low: 4, high: 0, unsigned: false },
      eventTime: { seconds: '1700000000', nanos: 5 },
      eventType: 17,
      timerStartedEventAttributes: { timerId: '1', startToFireTimeout: { seconds: '5' } },
    };
    expect(fromJson(EVENT, event)).toEqual({
      eventId: 4,
      eventTime: { seconds: 1700000000, nanos: 5 },
      eventType: 17,
      timerStartedEventAttributes: { timerId: '1', startToFireTimeout: { seconds: 5 } },
    });
  });

  test('null is absence', () => {
    expect(fromJson(EVENT, { eventId: null, eventType: 1 })).toEqual({ eventType: 1 });
  });

  test('unknown fields, ignored or not', () => {
    expect(fromJson(EVENT, { eventId: 1, novel: 2 }, { unknownFields: 'ignore' })).toEqual({ eventId: 1 });
    expect(() => fromJson(EVENT, { novel: 2 })).toThrow(`${EVENT} has no field 'novel'`);
  });

  test.each<[unknown, string]>([
    [{ events: [{ eventId: 'five' }] }, "events[0].eventId: expected a 64-bit integer, found 'five'"],
    [
      { events: [{}, { eventType: 'Nonsense' }] },
      "events[1].eventType: expected a value of temporal.api.enums.v1.EventType, found 'Nonsense'",
    ],
    [{ events: {} }, 'events: expected an array, found an object'],
    [[], 'expected an object (temporal.api.history.v1.History), found an array'],
    [
      { events: [{ eventTime: 'noon' }] },
      "events[0].eventTime: expected a time such as 2026-01-31T12:00:00Z, found 'noon'",
    ],
  ])('%j names the path', (json, text) => {
    expect(() => fromJson('temporal.api.history.v1.History', json)).toThrow(text);
    expect(() => fromJson('temporal.api.history.v1.History', json)).toThrow(JsonMessageError);
  });

  test('nesting without end is an error', () => {
    let failure: object = {};
    for (let depth = 0; depth < 5000; depth++) failure = { cause: failure };
    expect(() => fromJson('temporal.api.failure.v1.Failure', failure)).toThrow(/nested deeper/);
  });
});

describe('messages with a form of their own', () => {
  test('Any', () => {
    const json = { '@type': 'type.googleapis.com/temporal.api.common.v1.WorkflowType', name: 'order' };
    const any = fromJson('google.protobuf.Any', json);
    expect(decodeMessage('temporal.api.common.v1.WorkflowType', any.value ?? new Uint8Array())).toEqual({
      name: 'order',
    });
    expect(toJson('google.protobuf.Any', any)).toEqual(json);
    const duration = { '@type': 'type.googleapis.com/google.protobuf.Duration', value: '1.500s' };
    expect(toJson('google.protobuf.Any', fromJson('google.protobuf.Any', duration))).toEqual(duration);
  });

  test('Struct and Value', () => {
    const json = { a: 1, b: ['x', null, true], c: { d: {} } };
    expect(toJson('google.protobuf.Struct', fromJson('google.protobuf.Struct', json))).toEqual(json);
  });

  test('FieldMask and wrappers', () => {
    expect(toJson('google.protobuf.FieldMask', { paths: ['start_time', 'a.b_c'] })).toBe('startTime,a.bC');
    expect(fromJson('google.protobuf.FieldMask', 'startTime,a.bC')).toEqual({ paths: ['start_time', 'a.b_c'] });
    expect(toJson('google.protobuf.Int64Value', { value: 5 })).toBe('5');
    expect(fromJson('google.protobuf.StringValue', 'x')).toEqual({ value: 'x' });
  });

  test('numbers that are not numbers', () => {
    expect(toJson('google.protobuf.DoubleValue', { value: NaN })).toBe('NaN');
    expect(fromJson('google.protobuf.DoubleValue', '-Infinity')).toEqual({ value: -Infinity });
  });
});

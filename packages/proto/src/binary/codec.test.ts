import { createRequire } from 'node:module';

import { describe, expect, test } from 'vitest';

import { decodeMessage, encodeMessage } from '../message-codec.ts';
import { MessageSource } from '../random-message.suite.ts';
import { allMessageNames } from '../schema.ts';

interface ReflectedType {
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  fromObject(plain: object): object;
}

const published = createRequire(import.meta.url)('@temporalio/proto/protos/json-module.js') as {
  lookupType(name: string): ReflectedType;
};
/** The published library needs Longs, and spells one field in its own way. */
const Long = createRequire(createRequire(import.meta.url).resolve('@temporalio/proto'))('long') as {
  fromString(text: string, unsigned?: boolean): unknown;
};

function forPublished(value: unknown): unknown {
  if (typeof value === 'bigint') return Long.fromString(String(value), value > 2n ** 63n - 1n);
  if (Array.isArray(value)) return value.map(forPublished);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key === 'typeUrl' ? 'type_url' : key, forPublished(item)]),
  );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('every message type', () => {
  test('is encoded byte for byte as the published library does, and comes back', () => {
    const source = new MessageSource(20260131);
    let count = 0;
    for (const name of allMessageNames()) {
      for (let round = 0; round < 5; round++) {
        const message = source.message(name);
        const bytes = encodeMessage(name, message);
        const theirs = published
          .lookupType(name)
          .encode(forPublished(message) as object)
          .finish();
        const back = decodeMessage(name, bytes);
        expect([name, hex(bytes)]).toEqual([name, hex(theirs)]);
        expect([name, back]).toEqual([name, message]);
        expect([name, hex(encodeMessage(name, back))]).toEqual([name, hex(bytes)]);
        count++;
      }
    }
    expect(count).toBeGreaterThan(3000);
  });
});

describe('64-bit integers', () => {
  const type = 'google.protobuf.Int64Value';
  test.each<[unknown, unknown]>([
    [5, 5],
    ['5', 5],
    [5n, 5],
    [{ low: 5, high: 0, unsigned: false }, 5],
    [-1, -1],
    [2 ** 53 - 1, 2 ** 53 - 1],
    [-(2 ** 53 - 1), -(2 ** 53 - 1)],
    [2n ** 53n, 2n ** 53n],
    [-(2n ** 53n), -(2n ** 53n)],
    [2n ** 63n - 1n, 2n ** 63n - 1n],
    [-(2n ** 63n), -(2n ** 63n)],
    ['9223372036854775807', 2n ** 63n - 1n],
  ])('%s is read back as %s', (given, read) => {
    const bytes = encodeMessage(type, { value: given as number });
    expect(decodeMessage(type, bytes)).toEqual({ value: read });
  });

  test.each([1.5, NaN, 'five', 2n ** 64n, 1e300])('%s is refused', (value) => {
    expect(() => encodeMessage(type, { value: value as number })).toThrow(
      /^Cannot encode google.protobuf.Int64Value.value: expected a 64-bit integer, found /,
    );
  });
});

describe('values that do not fit', () => {
  test.each<[string, object, string]>([
    [
      'temporal.api.common.v1.Payloads',
      { payloads: [{}, { data: 'text' }] },
      "temporal.api.common.v1.Payloads.payloads[1].data: expected a Uint8Array, found 'text'",
    ],
    [
      'temporal.api.common.v1.Memo',
      { fields: { a: 5 } },
      "temporal.api.common.v1.Memo.fields['a']: expected temporal.api.common.v1.Payload, found number 5",
    ],
    [
      'temporal.api.common.v1.WorkflowExecution',
      { workflowId: 7 },
      'temporal.api.common.v1.WorkflowExecution.workflowId: expected a string, found number 7',
    ],
    [
      'temporal.api.history.v1.History',
      { events: {} },
      'temporal.api.history.v1.History.events: expected an array, found an object',
    ],
    [
      'temporal.api.history.v1.HistoryEvent',
      { eventType: 'EVENT_TYPE_TIMER_FIRED' },
      "temporal.api.history.v1.HistoryEvent.eventType: expected a number of enum temporal.api.enums.v1.EventType, found 'EVENT_TYPE_TIMER_FIRED'",
    ],
  ])('%s names the field', (type, message, text) => {
    expect(() => encodeMessage(type, message)).toThrow(`Cannot encode ${text}`);
  });

  test('a message that contains itself is refused', () => {
    const failure: { cause?: object } = {};
    failure.cause = failure;
    expect(() => encodeMessage('temporal.api.failure.v1.Failure', failure)).toThrow(/nested deeper than/);
  });

  test('an unknown type is named', () => {
    expect(() => encodeMessage('temporal.api.Nothing', {})).toThrow("There is no message type 'temporal.api.Nothing'");
  });
});

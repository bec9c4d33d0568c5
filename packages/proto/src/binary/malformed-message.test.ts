import { expect, test } from 'vitest';

import { MessageSource } from '../random-message.suite.ts';
import { decodeMessage, encodeMessage } from '../message-codec.ts';
import { MalformedMessageError } from './malformed-message-error.ts';

const TYPE = 'temporal.api.history.v1.HistoryEvent';

test.each<[string, number[], RegExp]>([
  ['a number that does not end', [0x08, 0xff], /the end of the bytes within a number/],
  ['a number of eleven bytes', [0x08, ...Array<number>(11).fill(0xff)], /more than ten bytes/],
  ['a length past the end', [0x12, 0x7f, 0x01], /a length of 127 bytes, of which 1 are there/],
  ['a length of almost 2^32', [0x12, 0xff, 0xff, 0xff, 0xff, 0x0f], /a length of 4294967295 bytes/],
  ['a field that runs past its message', [0x12, 0x01, 0x08, 0x05], /runs past the end of its message/],
  ['a wrong wire type', [0x0a, 0x00], /field temporal.api.history.v1.HistoryEvent.eventId with wire type 2/],
  ['wire type 6', [0x0e, 0x00], /wire type 6/],
  ['wire type 7 of an unknown field', [0xff, 0x7f, 0x00], /wire type 7/],
  ['an end of a group', [0xfc, 0x7f], /the end of a group that did not start/],
  ['field number 0', [0x00, 0x00], /field number 0/],
  ['a group without an end', [0xfb, 0x7f, 0x08, 0x01], /the end of the bytes/],
])('%s is an error', (_, bytes, text) => {
  expect(() => decodeMessage(TYPE, Uint8Array.from(bytes))).toThrow(text);
  expect(() => decodeMessage(TYPE, Uint8Array.from(bytes))).toThrow(MalformedMessageError);
});

test('fields that nobody knows are passed over', () => {
  const unknown = [
    0x98, 0x7d, 0x05, 0x9a, 0x7d, 0x02, 0x61, 0x62, 0x99, 0x7d, 1, 2, 3, 4, 5, 6, 7, 8, 0x9d, 0x7d, 1, 2, 3, 4,
  ];
  const group = [0x9b, 0x7d, 0x08, 0x01, 0x9c, 0x7d];
  expect(decodeMessage(TYPE, Uint8Array.from([0x08, 0x05, ...unknown, ...group]))).toEqual({ eventId: 5 });
});

test('values of an enum that nobody knows stay numbers', () => {
  expect(decodeMessage(TYPE, Uint8Array.from([0x18, 0xe7, 0x07]))).toEqual({ eventType: 999 });
});

test('text that is not UTF-8 is an error', () => {
  const bytes = Uint8Array.from([0x0a, 0x02, 0xc3, 0x28]);
  expect(() => decodeMessage('temporal.api.common.v1.WorkflowType', bytes)).toThrow(/text that is not UTF-8/);
});

test('messages nested without end are an error', () => {
  let bytes = Uint8Array.from([]);
  for (let depth = 0; depth < 2000; depth++) {
    const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
    bytes = Uint8Array.from([0x22, ...length, ...bytes]);
  }
  expect(() => decodeMessage('temporal.api.failure.v1.Failure', bytes)).toThrow(/nested deeper than 400/);
});

test('of two members of a oneof the last one counts, and parts of a message are merged', () => {
  const two = Uint8Array.from([0x5a, 0x00, 0x62, 0x00]);
  expect(decodeMessage('temporal.api.failure.v1.Failure', two)).toEqual({ childWorkflowExecutionFailureInfo: {} });
  const parts = Uint8Array.from([0x22, 0x03, 0x0a, 0x01, 0x61, 0x22, 0x03, 0x12, 0x01, 0x62]);
  expect(decodeMessage('temporal.api.failure.v1.Failure', parts)).toEqual({ cause: { message: 'a', source: 'b' } });
});

test('a map key such as __proto__ is a key', () => {
  const memo = { fields: Object.fromEntries([['__proto__', { data: Uint8Array.of(1) }]]) };
  const read = decodeMessage('temporal.api.common.v1.Memo', encodeMessage('temporal.api.common.v1.Memo', memo));
  expect(Object.keys(read.fields ?? {})).toEqual(['__proto__']);
});

test('any cut or changed byte gives a message or an error, and ends', () => {
  const source = new MessageSource(7);
  const outcomes: unknown[] = [];
  for (let round = 0; round < 60; round++) {
    const bytes = encodeMessage(TYPE, source.message(TYPE)).slice(0, 600);
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (at * 31 + round) & 255;
      outcomes.push(decodeOrError(bytes.subarray(0, at)), decodeOrError(changed));
    }
  }
  const errors = outcomes.filter((outcome) => outcome instanceof Error);
  expect(errors.length).toBeGreaterThan(100);
  expect(errors.filter((error) => !(error instanceof MalformedMessageError))).toEqual([]);
});

function decodeOrError(bytes: Uint8Array): unknown {
  try {
    return decodeMessage(TYPE, bytes);
  } catch (error) {
    return error;
  }
}

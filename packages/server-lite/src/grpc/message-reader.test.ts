import { expect, test } from 'vitest';
import { frameMessage, MessageReader } from './message-reader.ts';

const stream = Buffer.concat([
  frameMessage(Buffer.from('one')),
  frameMessage(Buffer.alloc(0)),
  Buffer.from([1, 0, 0, 0, 1, 7]),
  frameMessage(Buffer.alloc(300, 1)),
]);

test.each([1, 2, 4, 5, 6, 7, 11, stream.length])('messages in pieces of %i bytes', (size) => {
  const taken: [string, boolean][] = [];
  const reader = new MessageReader(300, (message, isCompressed) => taken.push([message.toString('hex'), isCompressed]));
  for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
  expect(taken).toEqual([
    [Buffer.from('one').toString('hex'), false],
    ['', false],
    ['07', true],
    ['01'.repeat(300), false],
  ]);
});

test('a message that is too large is refused before it has come', () => {
  const reader = new MessageReader(300, () => {});
  expect(() => reader.push(Buffer.from([0, 0, 0, 1, 45]))).toThrow('Received message larger than max (301 vs 300)');
});

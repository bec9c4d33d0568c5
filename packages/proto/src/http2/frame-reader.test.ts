import { expect, test } from 'vitest';
import { pingFrame, resetFrame, settingsFrame, windowUpdateFrame, writeFrameHead } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { Http2ErrorCode } from './http2-error.ts';

const stream = Buffer.concat([
  settingsFrame([
    [4, 65_535],
    [3, 100],
  ]),
  settingsFrame([]),
  pingFrame(Buffer.from('12345678'), 1),
  windowUpdateFrame(3, 70_000),
  resetFrame(2 ** 31 - 1, 8),
]);
const expected = [
  [4, 0, 0, '00040000ffff000300000064'],
  [4, 0, 0, ''],
  [6, 1, 0, '3132333435363738'],
  [8, 0, 3, '00011170'],
  [3, 0, 2 ** 31 - 1, '00000008'],
];

test.each(Array.from({ length: stream.length }, (_, index) => index + 1))('frames in pieces of %i bytes', (size) => {
  const taken: unknown[] = [];
  const reader = new FrameReader((type, flags, id, payload) => taken.push([type, flags, id, payload.toString('hex')]));
  for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
  expect(taken).toEqual(expected);
});

test.each([1, 9, 64])('a frame that is too large is refused by its head, in pieces of %i bytes', (size) => {
  const head = Buffer.alloc(64);
  writeFrameHead(head, 0, { length: 16_385, type: 0, flags: 0, streamId: 1 });
  const reader = new FrameReader(() => {});
  const push = (): void => {
    for (let at = 0; at < head.length; at += size) reader.push(head.subarray(at, at + size));
  };
  expect(push).toThrow(expect.objectContaining({ code: Http2ErrorCode.FRAME_SIZE_ERROR }) as Error);
});

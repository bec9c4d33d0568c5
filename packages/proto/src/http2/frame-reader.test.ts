import { expect, test } from 'vitest';
import { frameHeadBytes, FrameType, writeFrameHead } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { Http2ErrorCode } from './http2-error.ts';
import { pingFrame, resetFrame, settingsFrame, windowUpdateFrame } from './whole-frame.ts';

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
  const reader = new FrameReader(({ type, flags, streamId, bytes, start, end }) =>
    taken.push([type, flags, streamId, bytes.toString('hex', start, end)]),
  );
  for (let at = 0; at < stream.length; at += size) {
    const piece = Buffer.from(stream.subarray(at, at + size));
    reader.push(piece);
    // What has been taken may be overwritten.
    piece.fill(0xee);
  }
  expect(taken).toEqual(expected);
});

const head = { type: FrameType.DATA, flags: 0, streamId: 1 };

test.each([1, 9, 64])('a frame that is too large is refused by its head, in pieces of %i bytes', (size) => {
  const bytes = Buffer.alloc(64);
  writeFrameHead(bytes, 0, head, 16_385);
  const reader = new FrameReader(() => {});
  const push = (): void => {
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  };
  expect(push).toThrow(expect.objectContaining({ errorCode: Http2ErrorCode.FRAME_SIZE_ERROR }) as Error);
});

test('larger frames are taken when they are allowed', () => {
  const bytes = Buffer.alloc(frameHeadBytes + 100_000);
  writeFrameHead(bytes, 0, head, 100_000);
  const lengths: number[] = [];
  const reader = new FrameReader(({ start, end }) => lengths.push(end - start), 100_000);
  for (let at = 0; at < bytes.length; at += 65_536) reader.push(bytes.subarray(at, at + 65_536));
  expect(lengths).toEqual([100_000]);
});

import { expect, test } from 'vitest';
import { FrameType } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';

interface Written {
  readonly pieces: Uint8Array[];
  readonly flushes: (() => void)[];
  readonly writer: FrameWriter;
}

function newWriter(): Written {
  const pieces: Uint8Array[] = [];
  const flushes: (() => void)[] = [];
  const writer = new FrameWriter({
    write: (written) => void pieces.push(...written),
    schedule: (flush) => void flushes.push(flush),
  });
  return { pieces, flushes, writer };
}

function framesOf(pieces: readonly Uint8Array[]): unknown[] {
  const frames: unknown[] = [];
  const reader = new FrameReader(({ type, flags, streamId, bytes, start, end }) =>
    frames.push([type, flags, streamId, bytes.toString('latin1', start, end)]),
  );
  reader.push(Buffer.concat(pieces));
  return frames;
}

const data = (flags = 0): { type: number; flags: number; streamId: number } => ({
  type: FrameType.DATA,
  flags,
  streamId: 7,
});

test('hands over what a turn has gathered in one piece, once', () => {
  const { pieces, flushes, writer } = newWriter();
  writer.frame(data(), Buffer.from('one'));
  writer.frame(data(1), Buffer.from('two'));
  expect(pieces).toEqual([]);
  expect(flushes).toHaveLength(1);
  flushes[0]?.();
  flushes[0]?.();
  expect(pieces).toHaveLength(1);
  writer.frame(data(1), Buffer.from('three'));
  expect(flushes).toHaveLength(2);
  flushes[1]?.();
  expect(framesOf(pieces)).toEqual([
    [0, 0, 7, 'one'],
    [0, 1, 7, 'two'],
    [0, 1, 7, 'three'],
  ]);
});

test('does not write again to what it has handed over, and does not copy what is long', () => {
  const { pieces, writer } = newWriter();
  const payloads = [10, 5_000, 4_000, 16_384, 4_000, 4_000, 4_000, 4_000, 4_000, 1].map((length, index) =>
    Buffer.alloc(length, 97 + index),
  );
  const copies: Buffer[] = [];
  for (const payload of payloads) {
    writer.frame(data(), payload);
    writer.flush();
    copies.push(...pieces.slice(copies.length).map((piece) => Buffer.from(piece)));
  }
  expect(Buffer.concat(pieces).equals(Buffer.concat(copies))).toBe(true);
  expect(framesOf(pieces)).toEqual(payloads.map((payload) => [0, 0, 7, payload.toString('latin1')]));
  expect(pieces).toContain(payloads[1]);
  expect(pieces).not.toContain(payloads[2]);
});

test.each([
  [5, true, [[1, 5, 'abcde']]],
  [
    2,
    true,
    [
      [1, 1, 'ab'],
      [9, 0, 'cd'],
      [9, 4, 'e'],
    ],
  ],
  [
    4,
    false,
    [
      [1, 0, 'abcd'],
      [9, 4, 'e'],
    ],
  ],
])('spreads headers over frames of %i bytes', (mostFrameBytes, endsStream, expected) => {
  const { pieces, writer } = newWriter();
  writer.headers(9, Buffer.from('abcde'), { endsStream, mostFrameBytes });
  writer.flush();
  expect(framesOf(pieces)).toEqual(expected.map(([type, flags, text]) => [type, flags, 9, text]));
});

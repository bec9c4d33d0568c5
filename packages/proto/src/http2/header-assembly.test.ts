import { expect, test } from 'vitest';
import { type Frame, FrameFlag, FrameType } from './frame.ts';
import { HeaderAssembly } from './header-assembly.ts';
import { Http2ErrorCode } from './http2-error.ts';

const { END_HEADERS, END_STREAM, PADDED, PRIORITY } = FrameFlag;
const { HEADERS, CONTINUATION, PING } = FrameType;

/** A frame in the middle of others. */
function frame(type: number, flags: number, streamId: number, payload = ''): Frame {
  const bytes = Buffer.from(`before${payload}\u007fafter`, 'latin1');
  return { type, flags, streamId, bytes, start: 6, end: 6 + payload.length };
}

function taken(frames: readonly Frame[], mostBytes = 100): unknown[] {
  const blocks: unknown[] = [];
  const assembly = new HeaderAssembly({
    mostBytes,
    take: ({ streamId, endsStream, bytes, start, end }) =>
      blocks.push([streamId, endsStream, bytes.toString('latin1', start, end)]),
  });
  for (const one of frames) if (!assembly.take(one)) blocks.push('other');
  return blocks;
}

test.each<[name: string, frames: Frame[], blocks: unknown[]]>([
  ['in one frame', [frame(HEADERS, END_HEADERS | END_STREAM, 1, 'block')], [[1, true, 'block']]],
  ['of nothing', [frame(HEADERS, END_HEADERS, 1)], [[1, false, '']]],
  ['with padding', [frame(HEADERS, END_HEADERS | PADDED, 1, '\u0002block..')], [[1, false, 'block']]],
  ['with all of it padding', [frame(HEADERS, END_HEADERS | PADDED, 1, '\u0002..')], [[1, false, '']]],
  ['with a priority', [frame(HEADERS, END_HEADERS | PRIORITY, 1, '12345block')], [[1, false, 'block']]],
  [
    'in several frames',
    [
      frame(HEADERS, END_STREAM | PADDED | PRIORITY, 3, '\u000112345bl.'),
      frame(CONTINUATION, 0, 3),
      frame(CONTINUATION, 0, 3, 'o'),
      frame(CONTINUATION, END_HEADERS, 3, 'ck'),
      frame(PING, 0, 0),
      frame(HEADERS, END_HEADERS, 1, 'next'),
    ],
    [[3, true, 'block'], 'other', [1, false, 'next']],
  ],
  ['as large as allowed', [frame(HEADERS, END_HEADERS, 1, 'x'.repeat(100))], [[1, false, 'x'.repeat(100)]]],
])('a block %s', (_name, frames, blocks) => {
  expect(taken(frames)).toEqual(blocks);
});

test.each<[name: string, frames: Frame[], errorCode: number]>([
  ['a continuation of nothing', [frame(CONTINUATION, END_HEADERS, 1)], Http2ErrorCode.PROTOCOL_ERROR],
  [
    'a continuation after the end',
    [frame(HEADERS, END_HEADERS, 1), frame(CONTINUATION, END_HEADERS, 1)],
    Http2ErrorCode.PROTOCOL_ERROR,
  ],
  ['another frame within', [frame(HEADERS, 0, 1), frame(PING, 0, 0)], Http2ErrorCode.PROTOCOL_ERROR],
  ['headers within', [frame(HEADERS, 0, 1), frame(HEADERS, END_HEADERS, 1)], Http2ErrorCode.PROTOCOL_ERROR],
  ['a continuation of another', [frame(HEADERS, 0, 1), frame(CONTINUATION, 0, 3)], Http2ErrorCode.PROTOCOL_ERROR],
  ['too much padding', [frame(HEADERS, END_HEADERS | PADDED, 1, '\u00041')], Http2ErrorCode.PROTOCOL_ERROR],
  ['no room for padding', [frame(HEADERS, END_HEADERS | PADDED, 1)], Http2ErrorCode.PROTOCOL_ERROR],
  ['a short priority', [frame(HEADERS, END_HEADERS | PRIORITY, 1, '1234')], Http2ErrorCode.FRAME_SIZE_ERROR],
  ['too much', [frame(HEADERS, END_HEADERS, 1, 'x'.repeat(101))], Http2ErrorCode.ENHANCE_YOUR_CALM],
  [
    'too much in all',
    [frame(HEADERS, 0, 1, 'x'.repeat(60)), frame(CONTINUATION, 0, 1, 'x'.repeat(60))],
    Http2ErrorCode.ENHANCE_YOUR_CALM,
  ],
])('refuses %s', (_name, frames, errorCode) => {
  expect(() => taken(frames)).toThrow(expect.objectContaining({ errorCode }) as Error);
});

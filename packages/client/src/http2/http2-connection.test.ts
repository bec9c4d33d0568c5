import { describe, expect, it } from 'vitest';
import {
  FrameFlag,
  FrameType,
  Http2ErrorCode,
  Setting,
  goAwayFrame,
  pingFrame,
  resetFrame,
  settingsFrame,
  uint32At,
  wholeFrame,
  windowUpdateFrame,
} from '@reprise/proto/http2';
import type { HeaderField } from '@reprise/proto/http2';
import { NotedStream, ScriptedPeer } from './scripted-peer.suite.ts';
import type { SeenFrame } from './scripted-peer.suite.ts';

const headers = [[':path', '/service/Method']] as const;

/** A peer that has said hello. */
function ready(...values: readonly (readonly [setting: number, value: number])[]): ScriptedPeer {
  const peer = new ScriptedPeer();
  peer.send([settingsFrame(values)]);
  peer.look();
  return peer;
}

function open(peer: ScriptedPeer, bodyBytes = 3): { stream: NotedStream; streamId: number } {
  const stream = new NotedStream();
  const body = Buffer.alloc(bodyBytes, 7);
  return { stream, streamId: peer.connection.open(stream, { headers, once: undefined, body }) };
}

function answer(
  peer: ScriptedPeer,
  streamId: number,
  fields: readonly HeaderField[],
  flags: number = FrameFlag.END_HEADERS,
): Buffer {
  return wholeFrame({ type: FrameType.HEADERS, flags, streamId }, peer.encoder.encode(fields));
}

const dataBytes = (frames: readonly SeenFrame[]): number =>
  frames.filter(({ type }) => type === FrameType.DATA).reduce((sum, { payload }) => sum + payload.length, 0);

describe('Http2Connection', () => {
  it('says hello, and is ready when the peer has', () => {
    const peer = new ScriptedPeer();
    expect(peer.look().map(({ type }) => type)).toEqual([FrameType.SETTINGS, FrameType.WINDOW_UPDATE]);
    expect(peer.connection.hasRoom).toBe(false);
    peer.send([settingsFrame([])]);
    expect(peer.events).toEqual(['ready']);
    expect(peer.connection.hasRoom).toBe(true);
    expect(peer.look()).toMatchObject([{ type: FrameType.SETTINGS, flags: FrameFlag.ACK }]);
  });

  it.each([1, 2, 7, 1_000_000])('takes an answer that comes in pieces of %i bytes', (pieceBytes) => {
    const peer = ready();
    const { stream, streamId } = open(peer);
    const [sent, body] = peer.look();
    expect(sent).toMatchObject({ type: FrameType.HEADERS, flags: FrameFlag.END_HEADERS, streamId });
    expect(body).toMatchObject({
      type: FrameType.DATA,
      flags: FrameFlag.END_STREAM,
      streamId,
      payload: Buffer.alloc(3, 7),
    });
    const frames = [
      answer(peer, streamId, [[':status', '200']]),
      wholeFrame({ type: FrameType.DATA, flags: 0, streamId }, Buffer.from('an')),
      wholeFrame({ type: FrameType.DATA, flags: FrameFlag.PADDED, streamId }, Buffer.from('\x02swer\0\0')),
      answer(peer, streamId, [['grpc-status', '0']], FrameFlag.END_HEADERS | FrameFlag.END_STREAM),
    ];
    peer.send(frames, pieceBytes);
    expect(stream.fields).toEqual([
      [':status', '200'],
      ['grpc-status', '0'],
    ]);
    expect(stream.data.toString()).toBe('answer');
    expect(stream.outcome).toBe('ended');
    expect(peer.connection.openStreams).toBe(0);
  });

  it('puts headers together that are spread over several frames, with padding and a priority', () => {
    const peer = ready();
    const { stream, streamId } = open(peer);
    const block = peer.encoder.encode([
      [':status', '200'],
      ['x-long', 'v'.repeat(300)],
    ]);
    const first = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 9]), block.subarray(0, 100), Buffer.alloc(2)]);
    peer.send([
      wholeFrame({ type: FrameType.HEADERS, flags: FrameFlag.PADDED | FrameFlag.PRIORITY, streamId }, first),
      wholeFrame({ type: FrameType.CONTINUATION, flags: 0, streamId }, block.subarray(100, 200)),
      wholeFrame({ type: FrameType.CONTINUATION, flags: FrameFlag.END_HEADERS, streamId }, block.subarray(200)),
    ]);
    expect(stream.fields).toEqual([
      [':status', '200'],
      ['x-long', 'v'.repeat(300)],
    ]);
  });

  it('spreads long headers of its own over frames that the peer takes', () => {
    const peer = ready();
    const long = [['x-long', 'v'.repeat(40_000)]] as const;
    peer.connection.open(new NotedStream(), { headers: long, once: ['grpc-timeout', '1S'], body: Buffer.alloc(0) });
    const blocks = peer.look().filter(({ type }) => type !== FrameType.DATA);
    expect(blocks.map(({ type, flags }) => [type, flags])).toEqual([
      [FrameType.HEADERS, 0],
      [FrameType.CONTINUATION, 0],
      [FrameType.CONTINUATION, FrameFlag.END_HEADERS],
    ]);
    const fields: HeaderField[] = [];
    const whole = Buffer.concat(blocks.map(({ payload }) => payload));
    peer.decoder.decode(whole, 0, whole.length, { takeHeader: (field) => void fields.push(field) });
    expect(fields).toEqual([
      ['x-long', 'v'.repeat(40_000)],
      ['grpc-timeout', '1S'],
    ]);
  });

  it('sends no more than the windows of the connection and of the stream allow', () => {
    const peer = ready([Setting.INITIAL_WINDOW_SIZE, 50_000]);
    const first = open(peer, 60_000);
    expect(dataBytes(peer.look())).toBe(50_000);
    const second = open(peer, 60_000);
    expect(dataBytes(peer.look())).toBe(15_535);
    peer.send([windowUpdateFrame(first.streamId, 100_000)]);
    expect(dataBytes(peer.look())).toBe(0);
    peer.send([windowUpdateFrame(0, 20_000)]);
    const rest = peer.look();
    expect(rest.at(0)).toMatchObject({ streamId: first.streamId, flags: FrameFlag.END_STREAM });
    expect(dataBytes(rest)).toBe(20_000);
    // The windows of all streams shrink, that of the second below zero.
    peer.send([settingsFrame([[Setting.INITIAL_WINDOW_SIZE, 1_000]]), windowUpdateFrame(0, 1_000_000)]);
    expect(dataBytes(peer.look())).toBe(0);
    peer.send([settingsFrame([[Setting.INITIAL_WINDOW_SIZE, 70_000]])]);
    const last = peer.look().filter(({ type }) => type === FrameType.DATA);
    expect(dataBytes(last)).toBe(60_000 - 15_535 - 10_000);
    expect(last.at(-1)).toMatchObject({ streamId: second.streamId, flags: FrameFlag.END_STREAM });
  });

  it('makes frames as large as the peer takes them', () => {
    const peer = ready([Setting.MAX_FRAME_SIZE, 32_768], [Setting.INITIAL_WINDOW_SIZE, 1_000_000]);
    open(peer, 60_000);
    const lengths = peer.look().flatMap(({ type, payload }) => (type === FrameType.DATA ? [payload.length] : []));
    expect(lengths).toEqual([32_768, 27_232]);
  });

  it('lets the peer go on when it has sent much', () => {
    const peer = ready();
    const { streamId } = open(peer);
    peer.look();
    const piece = wholeFrame({ type: FrameType.DATA, flags: 0, streamId }, Buffer.alloc(16_384));
    for (let sent = 0; sent < 40 * 1024 * 1024; sent += 16_384) peer.send([piece]);
    const updates = peer.look().filter(({ type }) => type === FrameType.WINDOW_UPDATE);
    expect(new Set(updates.map((update) => update.streamId))).toEqual(new Set([0, streamId]));
    const granted = updates
      .filter((one) => one.streamId === streamId)
      .reduce((sum, { payload }) => sum + uint32At(payload, 0), 0);
    expect(granted).toBeGreaterThan(35 * 1024 * 1024);
  });

  it('holds to the number of streams that the peer allows', () => {
    const peer = ready([Setting.MAX_CONCURRENT_STREAMS, 1]);
    const { streamId } = open(peer);
    expect(peer.connection.hasRoom).toBe(false);
    peer.send([answer(peer, streamId, [['grpc-status', '0']], FrameFlag.END_HEADERS | FrameFlag.END_STREAM)]);
    expect(peer.connection.hasRoom).toBe(true);
    expect(peer.events).toEqual(['ready', 'room']);
  });

  it('tells a request that was not looked at from one that failed', () => {
    const peer = ready();
    const [refused, failed] = [open(peer), open(peer)];
    peer.send([
      resetFrame(refused.streamId, Http2ErrorCode.REFUSED_STREAM),
      resetFrame(failed.streamId, Http2ErrorCode.INTERNAL_ERROR),
    ]);
    expect(refused.stream.outcome).toEqual({ kind: 'unprocessed' });
    expect(failed.stream.outcome).toEqual({ kind: 'reset', errorCode: Http2ErrorCode.INTERNAL_ERROR });
  });

  it('goes on with what the peer works on when that is about to leave, and gives the rest back', () => {
    const peer = ready();
    const [first, second] = [open(peer), open(peer)];
    peer.send([goAwayFrame(first.streamId, Http2ErrorCode.ENHANCE_YOUR_CALM, 'too_many_pings')]);
    expect(peer.events).toContain('draining 11 too_many_pings');
    expect(peer.connection.hasRoom).toBe(false);
    expect(second.stream.outcome).toEqual({ kind: 'unprocessed' });
    peer.send([answer(peer, first.streamId, [['grpc-status', '0']], FrameFlag.END_HEADERS | FrameFlag.END_STREAM)]);
    expect(first.stream.outcome).toBe('ended');
  });

  it('ends a stream that is not waited for, and keeps reading what comes for it', () => {
    const peer = ready();
    const { stream, streamId } = open(peer, 100_000);
    peer.look();
    peer.connection.cancel(streamId);
    const [reset] = peer.look();
    expect(reset).toMatchObject({ type: FrameType.RST_STREAM, streamId, payload: Buffer.from([0, 0, 0, 8]) });
    peer.send([
      answer(peer, streamId, [['x-remembered', 'yes']]),
      wholeFrame({ type: FrameType.DATA, flags: 0, streamId }, Buffer.from('late')),
      windowUpdateFrame(streamId, 100_000),
      resetFrame(streamId, 0),
    ]);
    expect(stream.fields).toEqual([]);
    const next = open(peer);
    peer.send([answer(peer, next.streamId, [['x-remembered', 'yes']])]);
    expect(next.stream.fields).toEqual([['x-remembered', 'yes']]);
  });

  it('does not send the rest of a request that was answered before', () => {
    const peer = ready();
    const { stream, streamId } = open(peer, 100_000);
    peer.look();
    peer.send([answer(peer, streamId, [['grpc-status', '8']], FrameFlag.END_HEADERS | FrameFlag.END_STREAM)]);
    expect(stream.outcome).toBe('ended');
    peer.send([windowUpdateFrame(0, 100_000)]);
    expect(peer.look().map(({ type }) => type)).toEqual([FrameType.RST_STREAM]);
  });

  it('answers a ping, and asks for a sign of life', () => {
    const peer = ready();
    peer.send([pingFrame(Buffer.from('12345678'), 0)]);
    peer.connection.ping();
    expect(peer.look()).toMatchObject([
      { type: FrameType.PING, flags: FrameFlag.ACK, payload: Buffer.from('12345678') },
      { type: FrameType.PING, flags: 0 },
    ]);
  });

  it('tells every stream when the connection is lost', () => {
    const peer = ready();
    const { stream } = open(peer);
    const error = new Error('gone');
    peer.connection.end(error);
    expect(stream.outcome).toEqual({ kind: 'lost', error });
  });

  it('takes frames of types that are not known', () => {
    const peer = ready();
    peer.send([
      wholeFrame({ type: 99, flags: 255, streamId: 5 }, Buffer.from('?')),
      wholeFrame({ type: FrameType.PRIORITY, flags: 0, streamId: 1 }, Buffer.alloc(5)),
    ]);
    expect(peer.events).toEqual(['ready']);
  });

  const wrongs: readonly (readonly [what: string, bytes: Buffer, code: number])[] = [
    ['data for a stream that was never opened', wholeFrame({ type: FrameType.DATA, flags: 0, streamId: 9 }), 1],
    ['headers for a stream of its own', wholeFrame({ type: FrameType.HEADERS, flags: 4, streamId: 2 }), 1],
    ['a push', wholeFrame({ type: FrameType.PUSH_PROMISE, flags: 0, streamId: 1 }, Buffer.alloc(4)), 1],
    ['a continuation of nothing', wholeFrame({ type: FrameType.CONTINUATION, flags: 4, streamId: 1 }), 1],
    [
      'a frame within headers',
      Buffer.concat([wholeFrame({ type: FrameType.HEADERS, flags: 0, streamId: 1 }), pingFrame(Buffer.alloc(8), 0)]),
      1,
    ],
    [
      'headers that are damaged',
      wholeFrame({ type: FrameType.HEADERS, flags: 4, streamId: 1 }, Buffer.from([0x80])),
      9,
    ],
    ['too much padding', wholeFrame({ type: FrameType.DATA, flags: 8, streamId: 1 }, Buffer.from([9])), 1],
    ['a frame that is too long', Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 1]), 6],
    ['a window that is too large', windowUpdateFrame(0, 0x7fff_ffff), 3],
    ['settings that are cut off', wholeFrame({ type: FrameType.SETTINGS, flags: 0, streamId: 0 }, Buffer.alloc(5)), 6],
    ['a window size that is too large', settingsFrame([[Setting.INITIAL_WINDOW_SIZE, 0x8000_0000]]), 3],
    ['a frame size that is too small', settingsFrame([[Setting.MAX_FRAME_SIZE, 100]]), 1],
  ];
  it.each(wrongs)('ends the connection at %s', (_what, bytes, code) => {
    const peer = ready();
    const { stream } = open(peer);
    peer.look();
    peer.send([bytes]);
    expect(peer.events.at(-1)).toMatch(/^broken: /);
    expect(stream.outcome).toMatchObject({ kind: 'lost' });
    const farewell = peer.look().at(-1);
    expect(farewell).toMatchObject({ type: FrameType.GOAWAY });
    expect(uint32At(farewell?.payload ?? Buffer.alloc(8), 4)).toBe(code);
  });

  it('says so when the other side does not speak HTTP/2', () => {
    const peer = new ScriptedPeer();
    peer.send([Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')]);
    expect(peer.events).toEqual(['broken: the other side does not speak HTTP/2']);
  });
});

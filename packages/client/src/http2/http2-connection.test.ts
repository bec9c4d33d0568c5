import { describe, expect, it } from 'vitest';
import { ErrorCode, Flag, FrameType, Setting, putUint32, uint32At } from './frame.ts';
import type { HeaderField } from './hpack/static-table.ts';
import { NotedStream, ScriptedPeer, frame } from './scripted-peer.suite.ts';
import type { SeenFrame } from './scripted-peer.suite.ts';

const headers = [[':path', '/service/Method']] as const;

function settings(...values: readonly (readonly [setting: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(values.length * 6);
  for (const [at, [setting, value]] of values.entries()) {
    payload.writeUInt16BE(setting, at * 6);
    payload.writeUInt32BE(value, at * 6 + 2);
  }
  return frame({ type: FrameType.settings, flags: 0, streamId: 0 }, payload);
}

function numberFrame(type: number, streamId: number, value: number): Buffer {
  const payload = Buffer.alloc(4);
  putUint32(payload, 0, value);
  return frame({ type, flags: 0, streamId }, payload);
}

function goAway(lastId: number, errorCode: number, text = ''): Buffer {
  const payload = Buffer.alloc(8);
  putUint32(payload, 0, lastId);
  putUint32(payload, 4, errorCode);
  return frame({ type: FrameType.goAway, flags: 0, streamId: 0 }, Buffer.concat([payload, Buffer.from(text)]));
}

/** A peer that has said hello. */
function ready(...values: readonly (readonly [setting: number, value: number])[]): ScriptedPeer {
  const peer = new ScriptedPeer();
  peer.send([settings(...values)]);
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
  flags: number = Flag.endHeaders,
): Buffer {
  return frame({ type: FrameType.headers, flags, streamId }, peer.encoder.encode(fields));
}

const dataBytes = (frames: readonly SeenFrame[]): number =>
  frames.filter(({ type }) => type === FrameType.data).reduce((sum, { payload }) => sum + payload.length, 0);

describe('Http2Connection', () => {
  it('says hello, and is ready when the peer has', () => {
    const peer = new ScriptedPeer();
    expect(peer.look().map(({ type }) => type)).toEqual([FrameType.settings, FrameType.windowUpdate]);
    expect(peer.connection.hasRoom).toBe(false);
    peer.send([settings()]);
    expect(peer.events).toEqual(['ready']);
    expect(peer.connection.hasRoom).toBe(true);
    expect(peer.look()).toMatchObject([{ type: FrameType.settings, flags: Flag.ack }]);
  });

  it.each([1, 2, 7, 1_000_000])('takes an answer that comes in pieces of %i bytes', (pieceBytes) => {
    const peer = ready();
    const { stream, streamId } = open(peer);
    const [sent, body] = peer.look();
    expect(sent).toMatchObject({ type: FrameType.headers, flags: Flag.endHeaders, streamId });
    expect(body).toMatchObject({ type: FrameType.data, flags: Flag.endStream, streamId, payload: Buffer.alloc(3, 7) });
    const frames = [
      answer(peer, streamId, [[':status', '200']]),
      frame({ type: FrameType.data, flags: 0, streamId }, Buffer.from('an')),
      frame({ type: FrameType.data, flags: Flag.padded, streamId }, Buffer.from('\x02swer\0\0')),
      answer(peer, streamId, [['grpc-status', '0']], Flag.endHeaders | Flag.endStream),
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
      frame({ type: FrameType.headers, flags: Flag.padded | Flag.priority, streamId }, first),
      frame({ type: FrameType.continuation, flags: 0, streamId }, block.subarray(100, 200)),
      frame({ type: FrameType.continuation, flags: Flag.endHeaders, streamId }, block.subarray(200)),
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
    const blocks = peer.look().filter(({ type }) => type !== FrameType.data);
    expect(blocks.map(({ type, flags }) => [type, flags])).toEqual([
      [FrameType.headers, 0],
      [FrameType.continuation, 0],
      [FrameType.continuation, Flag.endHeaders],
    ]);
    const fields: HeaderField[] = [];
    const whole = Buffer.concat(blocks.map(({ payload }) => payload));
    peer.decoder.decode(whole, 0, whole.length, { takeHeader: (name, value) => void fields.push([name, value]) });
    expect(fields).toEqual([
      ['x-long', 'v'.repeat(40_000)],
      ['grpc-timeout', '1S'],
    ]);
  });

  it('sends no more than the windows of the connection and of the stream allow', () => {
    const peer = ready([Setting.initialWindowSize, 50_000]);
    const first = open(peer, 60_000);
    expect(dataBytes(peer.look())).toBe(50_000);
    const second = open(peer, 60_000);
    expect(dataBytes(peer.look())).toBe(15_535);
    peer.send([numberFrame(FrameType.windowUpdate, first.streamId, 100_000)]);
    expect(dataBytes(peer.look())).toBe(0);
    peer.send([numberFrame(FrameType.windowUpdate, 0, 20_000)]);
    const rest = peer.look();
    expect(rest.at(0)).toMatchObject({ streamId: first.streamId, flags: Flag.endStream });
    expect(dataBytes(rest)).toBe(20_000);
    // The windows of all streams shrink, that of the second below zero.
    peer.send([settings([Setting.initialWindowSize, 1_000]), numberFrame(FrameType.windowUpdate, 0, 1_000_000)]);
    expect(dataBytes(peer.look())).toBe(0);
    peer.send([settings([Setting.initialWindowSize, 70_000])]);
    const last = peer.look().filter(({ type }) => type === FrameType.data);
    expect(dataBytes(last)).toBe(60_000 - 15_535 - 10_000);
    expect(last.at(-1)).toMatchObject({ streamId: second.streamId, flags: Flag.endStream });
  });

  it('makes frames as large as the peer takes them', () => {
    const peer = ready([Setting.maxFrameSize, 32_768], [Setting.initialWindowSize, 1_000_000]);
    open(peer, 60_000);
    const lengths = peer.look().flatMap(({ type, payload }) => (type === FrameType.data ? [payload.length] : []));
    expect(lengths).toEqual([32_768, 27_232]);
  });

  it('lets the peer go on when it has sent much', () => {
    const peer = ready();
    const { streamId } = open(peer);
    peer.look();
    const piece = frame({ type: FrameType.data, flags: 0, streamId }, Buffer.alloc(16_384));
    for (let sent = 0; sent < 40 * 1024 * 1024; sent += 16_384) peer.send([piece]);
    const updates = peer.look().filter(({ type }) => type === FrameType.windowUpdate);
    expect(new Set(updates.map((update) => update.streamId))).toEqual(new Set([0, streamId]));
    const granted = updates
      .filter((one) => one.streamId === streamId)
      .reduce((sum, { payload }) => sum + uint32At(payload, 0), 0);
    expect(granted).toBeGreaterThan(35 * 1024 * 1024);
  });

  it('holds to the number of streams that the peer allows', () => {
    const peer = ready([Setting.maxConcurrentStreams, 1]);
    const { streamId } = open(peer);
    expect(peer.connection.hasRoom).toBe(false);
    peer.send([answer(peer, streamId, [['grpc-status', '0']], Flag.endHeaders | Flag.endStream)]);
    expect(peer.connection.hasRoom).toBe(true);
    expect(peer.events).toEqual(['ready', 'room']);
  });

  it('tells a request that was not looked at from one that failed', () => {
    const peer = ready();
    const [refused, failed] = [open(peer), open(peer)];
    peer.send([
      numberFrame(FrameType.rstStream, refused.streamId, ErrorCode.refusedStream),
      numberFrame(FrameType.rstStream, failed.streamId, ErrorCode.internalError),
    ]);
    expect(refused.stream.outcome).toEqual({ kind: 'unprocessed' });
    expect(failed.stream.outcome).toEqual({ kind: 'reset', errorCode: ErrorCode.internalError });
  });

  it('goes on with what the peer works on when that is about to leave, and gives the rest back', () => {
    const peer = ready();
    const [first, second] = [open(peer), open(peer)];
    peer.send([goAway(first.streamId, ErrorCode.enhanceYourCalm, 'too_many_pings')]);
    expect(peer.events).toContain('draining 11 too_many_pings');
    expect(peer.connection.hasRoom).toBe(false);
    expect(second.stream.outcome).toEqual({ kind: 'unprocessed' });
    peer.send([answer(peer, first.streamId, [['grpc-status', '0']], Flag.endHeaders | Flag.endStream)]);
    expect(first.stream.outcome).toBe('ended');
  });

  it('ends a stream that is not waited for, and keeps reading what comes for it', () => {
    const peer = ready();
    const { stream, streamId } = open(peer, 100_000);
    peer.look();
    peer.connection.cancel(streamId);
    const [reset] = peer.look();
    expect(reset).toMatchObject({ type: FrameType.rstStream, streamId, payload: Buffer.from([0, 0, 0, 8]) });
    peer.send([
      answer(peer, streamId, [['x-remembered', 'yes']]),
      frame({ type: FrameType.data, flags: 0, streamId }, Buffer.from('late')),
      numberFrame(FrameType.windowUpdate, streamId, 100_000),
      numberFrame(FrameType.rstStream, streamId, 0),
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
    peer.send([answer(peer, streamId, [['grpc-status', '8']], Flag.endHeaders | Flag.endStream)]);
    expect(stream.outcome).toBe('ended');
    peer.send([numberFrame(FrameType.windowUpdate, 0, 100_000)]);
    expect(peer.look().map(({ type }) => type)).toEqual([FrameType.rstStream]);
  });

  it('answers a ping, and asks for a sign of life', () => {
    const peer = ready();
    peer.send([frame({ type: FrameType.ping, flags: 0, streamId: 0 }, Buffer.from('12345678'))]);
    peer.connection.ping();
    expect(peer.look()).toMatchObject([
      { type: FrameType.ping, flags: Flag.ack, payload: Buffer.from('12345678') },
      { type: FrameType.ping, flags: 0 },
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
      frame({ type: 99, flags: 255, streamId: 5 }, Buffer.from('?')),
      frame({ type: FrameType.priority, flags: 0, streamId: 1 }, Buffer.alloc(5)),
    ]);
    expect(peer.events).toEqual(['ready']);
  });

  const wrongs: readonly (readonly [what: string, bytes: Buffer, code: number])[] = [
    ['data for a stream that was never opened', frame({ type: FrameType.data, flags: 0, streamId: 9 }), 1],
    ['headers for a stream of its own', frame({ type: FrameType.headers, flags: 4, streamId: 2 }), 1],
    ['a push', frame({ type: FrameType.pushPromise, flags: 0, streamId: 1 }, Buffer.alloc(4)), 1],
    ['a continuation of nothing', frame({ type: FrameType.continuation, flags: 4, streamId: 1 }), 1],
    [
      'a frame within headers',
      Buffer.concat([
        frame({ type: FrameType.headers, flags: 0, streamId: 1 }),
        frame({ type: FrameType.ping, flags: 0, streamId: 0 }, Buffer.alloc(8)),
      ]),
      1,
    ],
    ['headers that are damaged', frame({ type: FrameType.headers, flags: 4, streamId: 1 }, Buffer.from([0x80])), 9],
    ['too much padding', frame({ type: FrameType.data, flags: 8, streamId: 1 }, Buffer.from([9])), 1],
    ['a frame that is too long', Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 1]), 6],
    ['a window that is too large', numberFrame(FrameType.windowUpdate, 0, 0x7fff_ffff), 3],
    ['settings that are cut off', frame({ type: FrameType.settings, flags: 0, streamId: 0 }, Buffer.alloc(5)), 6],
    ['a window size that is too large', settings([Setting.initialWindowSize, 0x8000_0000]), 3],
    ['a frame size that is too small', settings([Setting.maxFrameSize, 100]), 1],
  ];
  it.each(wrongs)('ends the connection at %s', (_what, bytes, code) => {
    const peer = ready();
    const { stream } = open(peer);
    peer.look();
    peer.send([bytes]);
    expect(peer.events.at(-1)).toMatch(/^broken: /);
    expect(stream.outcome).toMatchObject({ kind: 'lost' });
    const farewell = peer.look().at(-1);
    expect(farewell).toMatchObject({ type: FrameType.goAway });
    expect(uint32At(farewell?.payload ?? Buffer.alloc(8), 4)).toBe(code);
  });

  it('says so when the other side does not speak HTTP/2', () => {
    const peer = new ScriptedPeer();
    peer.send([Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')]);
    expect(peer.events).toEqual(['broken: the other side does not speak HTTP/2']);
  });
});

import { connect as connectHttp2 } from 'node:http2';
import {
  encodeHeaderBlock,
  FrameFlag,
  FrameType,
  Http2ErrorCode,
  resetFrame,
  Setting,
  settingsFrame,
  windowUpdateFrame,
} from '@reprise/proto/http2';
import { describe, expect, test } from 'vitest';
import { frame, type RawClient, rawServer, type RawServer } from './raw-client.suite.ts';
import type { ServerConnectionOptions } from './server-connection.ts';
import type { ServerStream } from './server-stream.ts';

const { END_STREAM, END_HEADERS, ACK, PADDED, PRIORITY } = FrameFlag;
const head = encodeHeaderBlock([[':status', '200']]);
const trailers = encodeHeaderBlock([['done', 'yes']]);
const request = encodeHeaderBlock([
  [':method', 'POST'],
  [':path', '/a'],
]);
const ask = (streamId: number, flags: number = END_STREAM | END_HEADERS): Buffer =>
  frame(FrameType.HEADERS, flags, streamId, request);

/** Answers each request with what it has sent, when all of it is here. */
function echo(seen: string[] = []): ServerConnectionOptions['request'] {
  return (stream, fields) => {
    const parts: Buffer[] = [];
    seen.push(`${stream.id} ${fields.map(([name, value]) => `${name}=${value}`).join(' ')}`);
    return {
      data: (bytes) => parts.push(Buffer.from(bytes)),
      end() {
        stream.headers(head);
        stream.data(Buffer.concat(parts));
        stream.end(trailers);
      },
      aborted: () => seen.push(`${stream.id} aborted`),
    };
  };
}

const mute: ServerConnectionOptions['request'] = () => ({ data() {}, end() {}, aborted() {} });

async function begun(server: RawServer, ...frames: readonly Uint8Array[]): Promise<RawClient> {
  const client = await server.connect();
  client.begin(...frames);
  return client;
}

describe('requests', () => {
  test('are answered, in whatever pieces they come', async () => {
    const seen: string[] = [];
    await using server = await rawServer(echo(seen));
    const priority = Buffer.concat([Buffer.alloc(5), request]);
    const padded = Buffer.concat([Buffer.from([3]), Buffer.from('abc'), Buffer.alloc(3)]);
    const client = await begun(
      server,
      frame(FrameType.HEADERS, PRIORITY, 1, priority.subarray(0, 8)),
      frame(FrameType.CONTINUATION, 0, 1, priority.subarray(8, 9)),
      frame(FrameType.CONTINUATION, END_HEADERS, 1, priority.subarray(9)),
      frame(FrameType.DATA, PADDED, 1, padded),
      frame(0x42, 7, 0, Buffer.from('unknown')),
      frame(FrameType.PRIORITY, 0, 3, Buffer.alloc(5)),
      frame(FrameType.DATA, 0, 1),
      frame(FrameType.DATA, END_STREAM, 1, Buffer.from('def')),
    );
    expect(await client.hearHeaders(1)).toEqual({ ':status': '200' });
    expect((await client.hear(FrameType.DATA, 1)).payload.toString()).toBe('abcdef');
    expect(await client.hearHeaders(1)).toEqual({ done: 'yes' });
    expect(seen).toEqual(['1 :method=POST :path=/a']);
  });

  test('may end with headers of their own', async () => {
    await using server = await rawServer(echo());
    const client = await begun(server, ask(1, END_HEADERS), frame(FrameType.DATA, 0, 1, Buffer.from('x')), ask(1));
    expect((await client.hear(FrameType.DATA, 1)).payload.toString()).toBe('x');
  });

  test('that have their answer before they end are reset, and what still comes is ignored', async () => {
    await using server = await rawServer((stream) => {
      stream.end(head);
      return { data() {}, end() {}, aborted() {} };
    });
    const client = await begun(server, ask(1, END_HEADERS));
    expect(await client.hearHeaders(1)).toEqual({ ':status': '200' });
    expect((await client.hear(FrameType.RST_STREAM, 1)).payload.readUInt32BE(0)).toBe(Http2ErrorCode.NO_ERROR);
    client.say(
      frame(FrameType.DATA, END_STREAM, 1, Buffer.from('late')),
      resetFrame(1, 8),
      windowUpdateFrame(1, 9),
      ask(3),
    );
    expect(await client.hearHeaders(3)).toEqual({ ':status': '200' });
  });

  test('that are reset are told so, and answers to them go nowhere', async () => {
    const seen: string[] = [];
    const streams: ServerStream[] = [];
    await using server = await rawServer((stream, ...rest) => {
      streams.push(stream);
      return { ...echo(seen)(stream, ...rest), end() {} };
    });
    const client = await begun(
      server,
      ask(1),
      resetFrame(1, Http2ErrorCode.CANCEL),
      frame(FrameType.PING, 0, 0, Buffer.alloc(8)),
    );
    await client.hear(FrameType.PING);
    expect(seen.at(-1)).toBe('1 aborted');
    streams[0]?.headers(head);
    streams[0]?.end(trailers);
    client.say(frame(FrameType.PING, 0, 0, Buffer.alloc(8)));
    await client.hear(FrameType.PING);
    expect(client.heard.filter(({ streamId }) => streamId === 1)).toEqual([]);
  });

  test('are aborted when the connection is lost', async () => {
    const aborted = Promise.withResolvers<void>();
    await using server = await rawServer(() => ({ data() {}, end() {}, aborted: aborted.resolve }));
    const client = await begun(server, ask(1));
    await client.hear(FrameType.SETTINGS);
    client.socket.destroy();
    await aborted.promise;
  });

  test('beyond the most that are allowed are refused', async () => {
    await using server = await rawServer(mute, { mostStreams: 2 });
    const client = await begun(server, ask(1), ask(3), ask(5));
    expect((await client.hear(FrameType.RST_STREAM, 5)).payload.readUInt32BE(0)).toBe(Http2ErrorCode.REFUSED_STREAM);
  });
});

describe('room', () => {
  test('an answer waits for room in its stream and in the connection, behind none of the others', async () => {
    await using server = await rawServer((stream) => {
      stream.headers(head);
      stream.data(Buffer.alloc(70_000, stream.id));
      stream.data(Buffer.from('end'));
      stream.end(trailers);
      return { data() {}, end() {}, aborted() {} };
    });
    const client = await server.connect();
    client.begin(settingsFrame([[Setting.INITIAL_WINDOW_SIZE, 10]]), ask(1));
    expect((await client.hear(FrameType.DATA, 1)).payload).toHaveLength(10);
    client.say(windowUpdateFrame(1, 5));
    expect((await client.hear(FrameType.DATA, 1)).payload).toHaveLength(5);
    // More room for every stream, then none in the connection: 65,535 bytes are all it began with.
    client.say(settingsFrame([[Setting.INITIAL_WINDOW_SIZE, 100_000]]));
    let bytes = 15;
    while (bytes < 65_535) bytes += (await client.hear(FrameType.DATA, 1)).payload.length;
    expect(bytes).toBe(65_535);
    client.say(windowUpdateFrame(0, 1_000_000), ask(3));
    while (bytes < 70_003) bytes += (await client.hear(FrameType.DATA, 1)).payload.length;
    expect(await client.hearHeaders(1)).toEqual({ ':status': '200' });
    expect(await client.hearHeaders(1)).toEqual({ done: 'yes' });
    await client.hear(FrameType.DATA, 3);
  });

  test('room may become less than nothing', async () => {
    await using server = await rawServer(echo());
    const client = await begun(server, ask(1, END_HEADERS), frame(FrameType.DATA, END_STREAM, 1, Buffer.alloc(100)));
    await client.hear(FrameType.DATA, 1);
    client.say(settingsFrame([[Setting.INITIAL_WINDOW_SIZE, 0]]), ask(3, END_HEADERS));
    client.say(frame(FrameType.DATA, END_STREAM, 3, Buffer.alloc(50)), windowUpdateFrame(3, 20));
    expect((await client.hear(FrameType.DATA, 3)).payload).toHaveLength(20);
    client.say(settingsFrame([[Setting.INITIAL_WINDOW_SIZE, 10]]));
    expect((await client.hear(FrameType.DATA, 3)).payload).toHaveLength(10);
  });

  test('is given back for what has been taken', async () => {
    await using server = await rawServer(mute);
    const client = await begun(server, ask(1, END_HEADERS));
    for (let i = 0; i < 5; i++) client.say(frame(FrameType.DATA, 0, 1, Buffer.alloc(10_000)));
    const first = await client.hear(FrameType.WINDOW_UPDATE, 1);
    expect(first.payload.readUInt32BE(0)).toBe(40_000);
  });

  test('whoever takes more than there is loses the stream', async () => {
    await using server = await rawServer(mute, { streamWindowBytes: 20_000 });
    const client = await begun(server, ask(1, END_HEADERS));
    client.say(...Array.from({ length: 2 }, () => frame(FrameType.DATA, END_STREAM, 1, Buffer.alloc(5))));
    expect((await client.hear(FrameType.RST_STREAM, 1)).payload.readUInt32BE(0)).toBe(Http2ErrorCode.STREAM_CLOSED);
  });
});

describe('the connection', () => {
  test('acknowledges settings and answers pings', async () => {
    await using server = await rawServer(mute);
    const client = await begun(server, frame(FrameType.PING, 0, 0, Buffer.from('12345678')));
    const settings = await client.hear(FrameType.SETTINGS);
    expect(settings.payload.readUInt16BE(0)).toBe(Setting.MAX_CONCURRENT_STREAMS);
    expect((await client.hear(FrameType.SETTINGS)).flags).toBe(ACK);
    const pong = await client.hear(FrameType.PING);
    expect([pong.flags, pong.payload.toString()]).toEqual([ACK, '12345678']);
    client.say(frame(FrameType.PING, ACK, 0, Buffer.alloc(8)), frame(FrameType.SETTINGS, ACK, 0));
    client.say(frame(FrameType.PING, 0, 0, Buffer.alloc(8)));
    await client.hear(FrameType.PING);
    expect(client.heard.filter(({ type }) => type === FrameType.PING)).toEqual([]);
  });

  test('leaves when it is asked to, after the calls that are under way', async () => {
    const streams: ServerStream[] = [];
    await using server = await rawServer((stream) => {
      streams.push(stream);
      return { data() {}, end() {}, aborted() {} };
    });
    const client = await begun(server, ask(1));
    await client.hear(FrameType.SETTINGS);
    await expect.poll(() => streams.length).toBe(1);
    server.connections[0]?.leave();
    const goAway = await client.hear(FrameType.GOAWAY);
    expect([goAway.payload.readUInt32BE(0), goAway.payload.readUInt32BE(4)]).toEqual([1, Http2ErrorCode.NO_ERROR]);
    client.say(ask(3));
    expect((await client.hear(FrameType.RST_STREAM, 3)).payload.readUInt32BE(0)).toBe(Http2ErrorCode.REFUSED_STREAM);
    streams[0]?.end(head);
    expect(await client.hearHeaders(1)).toEqual({ ':status': '200' });
    await client.closed();
  });

  test('tells those who do not speak HTTP/2', async () => {
    await using server = await rawServer(mute);
    const client = await server.connect();
    const heard: Buffer[] = [];
    client.socket.removeAllListeners('data').on('data', (chunk: Buffer) => heard.push(chunk));
    client.socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await client.closed();
    expect(Buffer.concat(heard).toString('latin1')).toContain('This port speaks gRPC.');
  });

  const ping = (bytes: number, streamId = 0): Buffer => frame(FrameType.PING, 0, streamId, Buffer.alloc(bytes));
  const setting = (id: number, value: number): Buffer => settingsFrame([[id, value]]);
  test.each<[name: string, frames: Buffer[], code: keyof typeof Http2ErrorCode]>([
    ['a stream with an even number', [ask(2)], 'PROTOCOL_ERROR'],
    ['headers of stream 0', [ask(0)], 'PROTOCOL_ERROR'],
    ['data of a stream that has not begun', [frame(FrameType.DATA, 0, 1)], 'PROTOCOL_ERROR'],
    ['data of the connection', [frame(FrameType.DATA, 0, 0)], 'PROTOCOL_ERROR'],
    ['a reset of a stream that has not begun', [resetFrame(1, 0)], 'PROTOCOL_ERROR'],
    ['a reset of the wrong size', [ask(1, END_HEADERS), frame(FrameType.RST_STREAM, 0, 1)], 'FRAME_SIZE_ERROR'],
    ['room for a stream that has not begun', [windowUpdateFrame(1, 1)], 'PROTOCOL_ERROR'],
    ['room for nothing', [windowUpdateFrame(0, 0)], 'PROTOCOL_ERROR'],
    ['too much room', [windowUpdateFrame(0, 2 ** 31 - 1)], 'FLOW_CONTROL_ERROR'],
    ['room of the wrong size', [frame(FrameType.WINDOW_UPDATE, 0, 0)], 'FRAME_SIZE_ERROR'],
    ['a promise', [frame(FrameType.PUSH_PROMISE, 0, 1)], 'PROTOCOL_ERROR'],
    ['a continuation of nothing', [frame(FrameType.CONTINUATION, 0, 1)], 'PROTOCOL_ERROR'],
    ['a ping in the middle of headers', [ask(1, 0), ping(8)], 'PROTOCOL_ERROR'],
    ['a continuation of another stream', [ask(1, 0), frame(FrameType.CONTINUATION, 0, 3)], 'PROTOCOL_ERROR'],
    ['headers in the middle of a stream', [ask(1, END_HEADERS), ask(1, END_HEADERS)], 'PROTOCOL_ERROR'],
    ['headers after the end of a stream', [ask(1), ask(1)], 'PROTOCOL_ERROR'],
    ['headers that are none', [frame(FrameType.HEADERS, END_HEADERS, 1, Buffer.from([0xff]))], 'COMPRESSION_ERROR'],
    ['a priority that is too short', [frame(FrameType.HEADERS, PRIORITY, 1, Buffer.alloc(4))], 'FRAME_SIZE_ERROR'],
    ['more padding than payload', [frame(FrameType.HEADERS, PADDED, 1, Buffer.from([9, 1]))], 'PROTOCOL_ERROR'],
    ['no room for padding', [frame(FrameType.HEADERS, PADDED, 1)], 'PROTOCOL_ERROR'],
    ['a ping of the wrong size', [ping(7)], 'FRAME_SIZE_ERROR'],
    ['a ping of a stream', [ping(8, 1)], 'PROTOCOL_ERROR'],
    ['settings of a stream', [frame(FrameType.SETTINGS, 0, 1)], 'PROTOCOL_ERROR'],
    ['settings of the wrong size', [frame(FrameType.SETTINGS, 0, 0, Buffer.alloc(5))], 'FRAME_SIZE_ERROR'],
    ['an acknowledgement with settings', [frame(FrameType.SETTINGS, ACK, 0, Buffer.alloc(6))], 'FRAME_SIZE_ERROR'],
    ['a push that is neither on nor off', [setting(Setting.ENABLE_PUSH, 2)], 'PROTOCOL_ERROR'],
    ['a window that is too large', [setting(Setting.INITIAL_WINDOW_SIZE, 2 ** 31)], 'FLOW_CONTROL_ERROR'],
    ['frames that are too small', [setting(Setting.MAX_FRAME_SIZE, 1)], 'PROTOCOL_ERROR'],
    ['frames that are too large', [setting(Setting.MAX_FRAME_SIZE, 2 ** 24)], 'PROTOCOL_ERROR'],
    ['a frame of more than was agreed', [frame(FrameType.DATA, 0, 1, Buffer.alloc(16_385))], 'FRAME_SIZE_ERROR'],
    [
      'headers without an end',
      [ask(1, 0), ...Array.from({ length: 20 }, () => frame(FrameType.CONTINUATION, 0, 1, Buffer.alloc(1000)))],
      'ENHANCE_YOUR_CALM',
    ],
  ])('ends with %s', async (_name, frames, code) => {
    await using server = await rawServer(mute);
    const client = await begun(server, ...frames);
    expect(await client.hearGoAway()).toBe(Http2ErrorCode[code]);
    await client.closed();
  });

  test('begins with settings', async () => {
    await using server = await rawServer(mute);
    const client = await server.connect();
    client.say(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), ping(8));
    expect(await client.hearGoAway()).toBe(Http2ErrorCode.PROTOCOL_ERROR);
  });

  test('survives any bytes at all, one connection after the other', async () => {
    await using server = await rawServer(echo());
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 16) % below;
    };
    for (let round = 0; round < 200; round++) {
      const client = await server.connect();
      const frames = Array.from({ length: 5 }, () =>
        frame(random(11), random(64), random(6), Buffer.from(Array.from({ length: random(40) }, () => random(256)))),
      );
      client.begin(...frames);
      client.socket.end();
      await client.closed();
    }
    const client = await begun(server, ask(1));
    expect(await client.hearHeaders(1)).toEqual({ ':status': '200' });
  });
});

test('node:http2 understands it, and is understood', async () => {
  const seen: string[] = [];
  await using server = await rawServer(echo(seen), { streamWindowBytes: 65_535 });
  const probe = await server.connect();
  const session = connectHttp2(`http://127.0.0.1:${probe.socket.remotePort}`);
  const call = async (body: Buffer, value: string): Promise<{ body: Buffer; done: string | undefined }> => {
    const stream = session.request({ ':method': 'POST', ':path': '/a', 'x-value': value });
    const parts: Buffer[] = [];
    let last: string | undefined;
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('trailers', (found) => (last = String(found['done'])));
    const closed = new Promise((resolve, reject) => stream.on('close', resolve).on('error', reject));
    stream.end(body);
    await closed;
    return { body: Buffer.concat(parts), done: last };
  };
  const bodies = Array.from({ length: 50 }, (_, index) => Buffer.alloc(index * 9_973, index));
  const answers = await Promise.all(bodies.map((body, index) => call(body, `value ${index % 7} é`)));
  answers.forEach((answer, index) => {
    expect(answer.body.equals(bodies[index] ?? Buffer.alloc(0))).toBe(true);
    expect(answer.done).toBe('yes');
  });
  expect(seen[3]).toContain('x-value=value 3');
  await new Promise<void>((resolve) => session.close(resolve));
});

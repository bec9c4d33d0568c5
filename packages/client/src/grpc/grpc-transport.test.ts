import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  call,
  cleanUp,
  connect,
  echo,
  echoing,
  failureOf,
  framed,
  hello,
  onCleanUp,
  reply,
  replyHeaders,
  serve,
} from './http2-server.suite.ts';
import type { Asked } from './http2-server.suite.ts';

afterEach(cleanUp);

describe('a call over gRPC', () => {
  it('carries path, headers, message and deadline', async () => {
    const server = await serve(echoing);
    const transport = connect(server, { channelArgs: { 'grpc.primary_user_agent': 'shop/1' } });
    const metadata = Object.freeze({ 'x-team': 'blue', 'x-key-bin': Buffer.from([1, 2, 255]) });
    for (let times = 0; times < 3; times++) {
      const response = await call(transport, { metadata, deadlineMs: Date.now() + 60_000 });
      expect(Buffer.from(response).toString()).toBe('hello');
    }
    for (const { headers } of server.asked) {
      expect(headers).toMatchObject({
        ':method': 'POST',
        ':path': '/test.Service/Echo',
        ':scheme': 'http',
        ':authority': server.address,
        'content-type': 'application/grpc',
        te: 'trailers',
        'x-team': 'blue',
        'x-key-bin': 'AQL/',
      });
      expect(headers['grpc-timeout']).toMatch(/^\d{5}m$/);
      expect(headers['user-agent']).toMatch(/^shop\/1 /);
    }
    expect(server.sessions.size).toBe(1);
  });

  it('compresses messages that are worth it, when asked to', async () => {
    const server = await serve(echoing);
    const transport = connect(server, { grpcCompression: { codec: 'gzip' } });
    const long = Buffer.from('hello '.repeat(1000));
    await transport.unary(echo, Buffer.from('hello'), {});
    await transport.unary(echo, long, {});
    const [short, compressed] = server.asked;
    expect(short).toMatchObject({ flag: 0, headers: { 'grpc-encoding': 'gzip' } });
    expect(compressed).toMatchObject({ flag: 1, headers: { 'grpc-encoding': 'gzip' } });
    expect(gunzipSync(compressed?.message ?? Buffer.alloc(0))).toEqual(long);
  });

  it('tells what the server says of its failure', async () => {
    const server = await serve((asked) =>
      replyHeaders(asked, {
        'grpc-status': 5,
        'grpc-message': 'no%20caf%C3%A9%20%25',
        'grpc-status-details-bin': 'CAU',
      }),
    );
    const failure = await failureOf(call(connect(server)));
    expect(failure).toMatchObject({ code: 5, details: 'no café %' });
    expect([...(failure.statusDetails ?? [])]).toEqual([8, 5]);
  });

  it('tells of a failure after a message', async () => {
    const server = await serve(({ stream }) => {
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '13', 'grpc-message': 'late' }));
      stream.end(framed(hello));
    });
    expect(await failureOf(call(connect(server)))).toMatchObject({ code: 13, details: 'late' });
  });

  it.each([
    [401, 16, 'Received HTTP status code 401'],
    [404, 12, 'Received HTTP status code 404'],
    [503, 14, 'Received HTTP status code 503'],
    [418, 2, 'Received HTTP status code 418'],
  ])('tells of a proxy that answers HTTP %i', async (httpStatus, code, details) => {
    const server = await serve(({ stream }) => {
      stream.respond({ ':status': httpStatus, 'content-type': 'text/html' });
      stream.end('<html>this is not gRPC</html>');
    });
    expect(await failureOf(call(connect(server)))).toMatchObject({ code, details });
  });

  it.each([
    [2, 13, 'Received RST_STREAM with code 2 (Internal server error)'],
    [8, 1, 'Call cancelled'],
    [11, 8, 'Bandwidth exhausted or memory limit exceeded'],
    [7, 14, 'Stream refused by server'],
  ])('tells of a stream that is reset with code %i', async (reset, code, details) => {
    const server = await serve(({ stream }) => stream.close(reset));
    expect(await failureOf(call(connect(server)))).toMatchObject({ code, details });
  });

  it('is made again when the server refused it unseen', async () => {
    let times = 0;
    const server = await serve((asked) => (++times === 1 ? asked.stream.close(7) : echoing(asked)));
    expect(Buffer.from(await call(connect(server)))).toEqual(hello);
    expect(times).toBe(2);
  });

  it.each([
    [
      'no status',
      (asked: Asked) => asked.stream.respond({ ':status': 200 }, { endStream: true }),
      13,
      /without gRPC status/,
    ],
    ['no message', (asked: Asked) => replyHeaders(asked, { 'grpc-status': 0 }), 13, /^No message received$/],
  ])('fails when the answer has %s', async (_what, answer, code, details) => {
    const server = await serve(answer);
    const failure = await failureOf(call(connect(server)));
    expect(failure.code).toBe(code);
    expect(failure.details).toMatch(details);
  });

  it('refuses a second message', async () => {
    const server = await serve(({ stream }) => {
      stream.respond({ ':status': 200 });
      stream.end(Buffer.concat([framed(hello), framed(hello)]));
    });
    expect(await failureOf(call(connect(server)))).toMatchObject({ code: 13, details: 'Too many responses received' });
  });

  it('takes compressed messages, and refuses encodings that are not known', async () => {
    const server = await serve((asked) =>
      asked.message.toString() === 'hello'
        ? reply(asked, gzipSync('packed'), { 'grpc-encoding': 'gzip' }, 1)
        : reply(asked, Buffer.from('?'), { 'grpc-encoding': 'zstd' }, 1),
    );
    const transport = connect(server, { channelArgs: { 'grpc.max_receive_message_length': 100 } });
    expect(Buffer.from(await call(transport)).toString()).toBe('packed');
    expect(await failureOf(call(transport, {}, Buffer.from('other')))).toMatchObject({
      code: 12,
      details: 'Received message compressed with unsupported encoding "zstd"',
    });
  });

  it('refuses messages that are too large, packed or not, and too large ones of its own', async () => {
    const server = await serve((asked) =>
      asked.message.length === 5
        ? reply(asked, Buffer.alloc(200))
        : reply(asked, gzipSync(Buffer.alloc(100_000)), { 'grpc-encoding': 'gzip' }, 1),
    );
    const limits = { 'grpc.max_receive_message_length': 150, 'grpc.max_send_message_length': 10 };
    const transport = connect(server, { channelArgs: limits });
    const details = 'Received message larger than max (200 vs 150)';
    expect(await failureOf(call(transport))).toMatchObject({ code: 8, details });
    const packed = await failureOf(call(transport, {}, Buffer.alloc(6)));
    expect(packed).toMatchObject({ code: 8, details: expect.stringMatching(/decompresses to a size larger than 150/) });
    const own = await failureOf(call(transport, {}, Buffer.alloc(11)));
    expect(own).toMatchObject({ code: 8, details: 'Attempted to send message with a size larger than 10' });
    expect(server.asked).toHaveLength(2);
  });

  it('carries ten megabytes both ways, beside small calls', async () => {
    const server = await serve(echoing);
    const transport = connect(server);
    const large = Buffer.alloc(10 * 1024 * 1024, 'abcdefg');
    const [first, second, ...small] = await Promise.all([
      call(transport, {}, large),
      call(transport, {}, large),
      ...Array.from({ length: 50 }, () => call(transport)),
    ]);
    expect(large.equals(first)).toBe(true);
    expect(large.equals(second)).toBe(true);
    expect(small.every((message) => hello.equals(message))).toBe(true);
  });

  it('refuses headers that cannot be sent', async () => {
    const transport = connect(await serve(echoing));
    for (const metadata of [{ 'x-a': 'ü' }, { 'x a': 'b' }, { 'x-bin': 'text' }, { 'x-a': hello }]) {
      await expect(call(transport, { metadata })).rejects.toThrow(/illegal characters|must have/);
    }
  });

  it('tells of requests and answers that cannot be coded', async () => {
    const transport = connect(await serve(echoing));
    const fail = (): never => {
      throw new TypeError('wrong');
    };
    const request = transport.unary({ ...echo, encodeRequest: fail }, hello, {});
    expect(await failureOf(request)).toMatchObject({
      code: 13,
      details: 'Request message serialization failure: wrong',
    });
    const response = transport.unary({ ...echo, decodeResponse: fail }, hello, {});
    expect(await failureOf(response)).toMatchObject({ code: 13, details: 'Response message parsing error: wrong' });
  });
});

describe('a call that is not waited for', () => {
  it('ends at its deadline, and the server hears of it', async () => {
    const closed = Promise.withResolvers<number>();
    const server = await serve(({ stream }) => stream.on('close', () => closed.resolve(stream.rstCode)));
    const transport = connect(server);
    await transport.waitForReady(Date.now() + 10_000);
    const failure = await failureOf(call(transport, { deadlineMs: Date.now() + 50 }));
    expect(failure.code).toBe(4);
    expect(failure.details).toMatch(/^Deadline exceeded after \d\.\d{3}s,remote_addr=127\.0\.0\.1:\d+$/);
    expect(await closed.promise).toBe(8);
  });

  it('ends when its signal aborts, as do all with that signal', async () => {
    const server = await serve(() => undefined);
    const transport = connect(server);
    const controller = new AbortController();
    const { signal } = controller;
    const calls = [call(transport, { signal }), call(transport, { signal })].map(failureOf);
    const other = call(transport, { deadlineMs: Date.now() + 300 });
    const reason = new Error('enough');
    controller.abort(reason);
    for (const failure of await Promise.all(calls)) {
      expect(failure).toMatchObject({ code: 1, details: 'Cancelled on client', cause: reason });
    }
    expect(await failureOf(call(transport, { signal }))).toMatchObject({ code: 1 });
    expect((await failureOf(other)).code).toBe(4);
  });

  it('waits for a connection no longer than until its deadline', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    onCleanUp(() => void silent.close());
    await new Promise((resolve) => silent.once('listening', resolve));
    const transport = connect(`127.0.0.1:${String((silent.address() as AddressInfo).port)}`);
    const failure = await failureOf(call(transport, { deadlineMs: Date.now() + 50 }));
    expect(failure.details).toMatch(/^Deadline exceeded after .*s,waiting for a connection/);
    await expect(transport.waitForReady(Date.now() + 50)).rejects.toThrow('Failed to connect before the deadline');
  });
});
